package org.jangbu.peer.validate;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.model.ParsedEnvelope;

/** Judges a CONFIG transaction under the configuration that it would replace. */
final class ConfigurationCheck {
    private final ChannelConfig current;

    ConfigurationCheck(ChannelConfig current) {
        this.current = current;
    }

    /** @param configuration what is in force from the next block on; empty unless the verdict is VALID */
    record Judged(Verdict verdict, Optional<ChannelConfig> configuration) {}

    /**
     * @throws UnsupportedCapabilityException if the configuration is authorised and this version is too old for it: others accept it, so
     *     calling it invalid would be wrong, and going on without it impossible
     */
    Judged check(ParsedEnvelope envelope) throws UnsupportedCapabilityException {
        Verdict verdict = new EnvelopeCheck(current.membership()).check(envelope);
        if (!verdict.isValid()) {
            return new Judged(verdict, Optional.empty());
        }
        if (!envelope.channelHeader().getChannelId().equals(current.channel().value())) {
            return refused(TxValidationCode.TARGET_CHAIN_NOT_FOUND, "the configuration is of another channel");
        }
        try {
            ConfigEnvelope content = ChannelConfigReader.configuration(envelope);
            return new Judged(Verdict.VALID, Optional.of(ConfigUpdates.accept(current, content)));
        } catch (InvalidProtocolBufferException | ConfigUpdateException e) {
            return refused(TxValidationCode.INVALID_CONFIG_TRANSACTION, String.valueOf(e.getMessage()));
        }
    }

    private static Judged refused(TxValidationCode code, String reason) {
        return new Judged(new Verdict(code, reason), Optional.empty());
    }
}
