package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.client.SignedEnvelopes;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.BroadcastException;

/** Makes CONFIG transactions of the updates that the current configuration allows, signed by an orderer, as Fabric's orderer does. */
record ConfigTransactions(SigningIdentity orderer, Clock clock, RandomGenerator random) {
    private static final int NONCE_BYTES = 24;

    /**
     * The envelope of the configuration that an update gives.
     *
     * @throws BroadcastException BAD_REQUEST with the reason if the update is refused, the cause then a {@link ConfigUpdateException};
     *     FORBIDDEN or REQUEST_ENTITY_TOO_LARGE if the channel would not take the configuration itself
     */
    ByteString make(ChannelConfig config, ParsedEnvelope update) throws BroadcastException {
        try {
            ConfigUpdates.Proposed proposed = ConfigUpdates.propose(config, update.envelope());
            requirePlace(proposed.next());
            ByteString made = sign(config, proposed.content()).toByteString();
            EnvelopeFilter.checkConfiguration(config, made, clock.instant());
            return made;
        } catch (ConfigUpdateException e) {
            throw new BroadcastException(
                    Status.BAD_REQUEST, "the configuration update is refused: " + e.getMessage(), e);
        }
    }

    /** Whoever orders the update orders the next block too: it must not be its last. */
    private void requirePlace(ChannelConfig next) throws ConfigUpdateException {
        Optional<String> objection = BlockSigning.objection(next, orderer);
        if (objection.isPresent()) {
            throw new ConfigUpdateException("it would shut out the orderer that takes it: " + objection.get());
        }
    }

    private Envelope sign(ChannelConfig config, ConfigEnvelope content) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return SignedEnvelopes.of(
                orderer,
                SignedEnvelopes.header(HeaderType.CONFIG, config.channel(), clock.instant()),
                SignatureHeader.newBuilder()
                        .setCreator(orderer.serialized())
                        .setNonce(ByteString.copyFrom(nonce))
                        .build(),
                content.toByteString());
    }
}
