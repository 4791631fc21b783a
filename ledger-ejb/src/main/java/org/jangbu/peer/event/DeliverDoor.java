package org.jangbu.peer.event;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.msp.policy.SignedData;

/** Fabric's Deliver: lets those who may read a channel follow one node's copy of it, block by block. Peers and orderers have the same, with other rules. */
public final class DeliverDoor {
    private final Function<String, Optional<FollowedChain>> chains;
    private final Readers readers;
    private final Clock clock;
    private final Duration window;

    /** Who may read. */
    public interface Readers {
        /** Why a request is refused; empty if it is not. */
        Optional<String> refusal(ChannelConfig config, SignedData request);

        /** Why somebody let in earlier may not go on; empty if nothing speaks against it. Cheap: asked for each block. */
        Optional<String> lapse(ChannelConfig config, SignedData request);
    }

    /**
     * A door.
     *
     * @param chains the node's channels, by name
     * @param window how far a request's timestamp may be from the clock, either way
     */
    public DeliverDoor(
            Function<String, Optional<FollowedChain>> chains, Readers readers, Clock clock, Duration window) {
        this.chains = chains;
        this.readers = readers;
        this.clock = clock;
        this.window = window;
    }

    /**
     * Opens a session.
     *
     * @param certificateHash what {@code tls_cert_hash} must say; empty where clients show no certificate
     * @throws SeekException with the status for the client
     */
    public DeliverSession open(Envelope envelope, Optional<ByteString> certificateHash) throws SeekException {
        SeekRequest request = SeekRequest.read(envelope, clock, window, certificateHash);
        FollowedChain chain = chains.apply(request.channel())
                .orElseThrow(() -> new SeekException(Status.NOT_FOUND, "no such channel"));
        ChannelConfig config = chain.config();
        Optional<String> refusal = readers.refusal(config, request.signed());
        if (refusal.isPresent()) {
            throw new SeekException(Status.FORBIDDEN, refusal.get());
        }
        return DeliverSession.begin(chain, request, readers, config.sequence());
    }
}
