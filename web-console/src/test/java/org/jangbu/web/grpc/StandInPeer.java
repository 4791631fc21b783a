package org.jangbu.web.grpc;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SignedAccess;
import org.jangbu.peer.event.DeliverDoor;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.peer.host.PeerDoor;
import org.jangbu.web.view.Vectors;

/** The door of a peer that has joined the recorded channel, which its real users may read. */
final class StandInPeer implements PeerDoor {
    private static final Path CRYPTO =
            Path.of("../ledger-ejb/src/test/resources/fabric-vectors/crypto/peerOrganizations");

    /** How often the channel is still found; then the peer has left it. */
    int found = Integer.MAX_VALUE;

    private final SigningIdentity user = user(1);
    private final ChannelConfig config;

    StandInPeer() throws Exception {
        this.config = ChannelConfigReader.read(Vectors.block(2));
    }

    static SigningIdentity user(int organization) {
        String domain = "org" + organization + ".example.com";
        try {
            return LocalMsp.read(
                            CRYPTO.resolve(domain + "/users/User1@" + domain + "/msp"),
                            new MspId("Org" + organization + "MSP"))
                    .signingIdentity();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<JoinedChannel> channel(String name) {
        PeerLedger none = (PeerLedger) Proxy.newProxyInstance(
                PeerLedger.class.getClassLoader(), new Class<?>[] {PeerLedger.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return name.equals("mychannel") && found-- > 0
                ? Optional.of(new JoinedChannel(none, () -> config))
                : Optional.empty();
    }

    @Override
    public Optional<FollowedChain> chain(String channel) {
        return channel(channel).map(joined -> new FollowedChain() {
            @Override
            public long height() {
                return 3;
            }

            @Override
            public Optional<Block> block(long number) {
                return Optional.of(Vectors.block((int) number));
            }

            @Override
            public ChannelConfig config() {
                return config;
            }

            @Override
            public Growth.Registration follow(Runnable wake) {
                return () -> {};
            }
        });
    }

    @Override
    public SignedAccess access() {
        return new SignedAccess(new DoorCheck(
                Clock.fixed(user.certificate().getNotBefore().toInstant().plusSeconds(3_600), ZoneOffset.UTC),
                RevocationSource.NONE));
    }

    @Override
    public LocalNode node() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ProposalResponse> process(SignedProposal proposal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<ChannelId> channels() {
        return Set.of(new ChannelId("mychannel"));
    }

    @Override
    public DeliverDoor deliver(boolean filtered) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Membership membership() {
        throw new UnsupportedOperationException();
    }
}
