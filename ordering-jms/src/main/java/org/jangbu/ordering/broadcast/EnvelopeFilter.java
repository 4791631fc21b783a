package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Expiry;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.gateway.BroadcastException;

/**
 * What an orderer asks of an envelope before it lets it in: not empty, not too large, well-formed, for this channel, of a type it orders,
 * its creator not expired, its signature enough for {@code /Channel/Writers}. What the transaction says is the committers' business and is
 * never looked at. The answer depends on nothing but the arguments, so that every orderer judges an envelope alike.
 */
public final class EnvelopeFilter {
    /** The policy whose satisfaction lets a client write to a channel. */
    public static final String WRITERS = "/Channel/Writers";

    private EnvelopeFilter() {}

    /**
     * Judges a client's envelope by a configuration: a transaction, or an update of the configuration, whose content is another question.
     *
     * @param at the moment by which expiry counts: the wall clock at the door, the admission time afterwards
     * @return the envelope, parsed
     * @throws BroadcastException with the status that the client gets
     */
    public static ParsedEnvelope check(ChannelConfig config, ByteString envelope, Instant at)
            throws BroadcastException {
        return check(config, envelope, at, EnvelopeFilter::checkType);
    }

    /**
     * Judges the envelope of a CONFIG transaction that an orderer has made, by the configuration that it would replace.
     *
     * @throws BroadcastException as {@link #check} does
     */
    public static ParsedEnvelope checkConfiguration(ChannelConfig config, ByteString envelope, Instant at)
            throws BroadcastException {
        return check(config, envelope, at, header -> {
            if (header.getType() != HeaderType.CONFIG_VALUE) {
                throw bad("the envelope is not a configuration");
            }
        });
    }

    private interface Types {
        void check(ChannelHeader header) throws BroadcastException;
    }

    private static ParsedEnvelope check(ChannelConfig config, ByteString envelope, Instant at, Types types)
            throws BroadcastException {
        if (envelope.isEmpty()) {
            throw bad("the envelope is empty");
        }
        int most = config.orderer().absoluteMaxBytes();
        if (envelope.size() > most) {
            throw new BroadcastException(
                    Status.REQUEST_ENTITY_TOO_LARGE,
                    "the envelope has " + envelope.size() + " bytes, the channel allows " + most);
        }
        ParsedEnvelope parsed = parse(envelope);
        checkForm(parsed);
        checkChannel(config, parsed.channelHeader());
        types.check(parsed.channelHeader());
        checkExpiry(config, parsed.signatureHeader().getCreator(), at);
        checkSignature(config, parsed);
        return parsed;
    }

    /**
     * Judges the creator of an envelope by what this server alone knows of revocations. Only at the door: once an envelope is let in, every
     * orderer must judge it alike.
     *
     * @throws BroadcastException if the creator is revoked
     */
    static void checkNotRevoked(ChannelConfig config, ParsedEnvelope envelope, RevocationNews news)
            throws BroadcastException {
        try {
            config.membership()
                    .checkNotRevoked(
                            config.membership()
                                    .deserialize(envelope.signatureHeader().getCreator()),
                            news);
        } catch (IdentityException e) {
            throw new BroadcastException(Status.FORBIDDEN, "the creator is refused: " + e.getMessage(), e);
        }
    }

    /**
     * Judges whoever has signed a configuration update as callers are judged: none expired by the clock, none revoked by what this server
     * knows. Only at the door, and only those whom the channel knows: others count for nothing anyway.
     *
     * @throws BroadcastException naming the first who may not
     */
    static void checkSigners(ChannelConfig config, ConfigUpdateEnvelope update, Instant at, RevocationNews news)
            throws BroadcastException {
        for (ConfigSignature signature : update.getSignaturesList()) {
            Optional<Identity> signer = member(config, signature);
            if (signer.isPresent()) {
                try {
                    Expiry.checkNotExpired(signer.get(), at);
                    config.membership().checkNotRevoked(signer.get(), news);
                } catch (IdentityException e) {
                    throw new BroadcastException(
                            Status.FORBIDDEN,
                            "a signature under the update is refused, of "
                                    + Quoted.brief(signer.get()
                                            .certificate()
                                            .getSubjectX500Principal()
                                            .getName()) + ": " + e.getMessage(),
                            e);
                }
            }
        }
    }

    private static Optional<Identity> member(ChannelConfig config, ConfigSignature signature) {
        try {
            Identity identity = config.membership()
                    .deserialize(SignatureHeader.parseFrom(signature.getSignatureHeader())
                            .getCreator());
            config.membership().validate(identity);
            return Optional.of(identity);
        } catch (InvalidProtocolBufferException | IdentityException e) {
            return Optional.empty();
        }
    }

    private static ParsedEnvelope parse(ByteString envelope) throws BroadcastException {
        try {
            return ParsedEnvelope.parse(envelope);
        } catch (MalformedEnvelopeException e) {
            throw new BroadcastException(Status.BAD_REQUEST, "not an envelope: " + e.getMessage(), e);
        }
    }

    private static void checkForm(ParsedEnvelope parsed) throws BroadcastException {
        Envelope envelope = parsed.envelope();
        if (envelope.getPayload().isEmpty() || envelope.getSignature().isEmpty()) {
            throw bad("an envelope has a payload and a signature");
        }
        // A block holds envelopes in their one canonical encoding; peers refuse a block with any other.
        if (!envelope.getUnknownFields().asMap().isEmpty()
                || !envelope.toByteString().equals(parsed.raw())) {
            throw bad("the envelope is not in canonical encoding");
        }
        if (parsed.payload().getData().isEmpty()) {
            throw bad("the payload has no data");
        }
    }

    private static void checkChannel(ChannelConfig config, ChannelHeader header) throws BroadcastException {
        if (!header.getChannelId().equals(config.channel().value())) {
            throw bad("the envelope is for channel '" + Quoted.brief(header.getChannelId()) + "', not "
                    + config.channel());
        }
    }

    private static void checkType(ChannelHeader header) throws BroadcastException {
        switch (header.getType()) {
            case HeaderType.ENDORSER_TRANSACTION_VALUE, HeaderType.CONFIG_UPDATE_VALUE -> {}
            case HeaderType.CONFIG_VALUE -> throw bad("a CONFIG transaction is made by an orderer, never by a client");
            default -> throw bad("envelopes of type " + header.getType() + " are not ordered");
        }
    }

    private static void checkExpiry(ChannelConfig config, ByteString creator, Instant at) throws BroadcastException {
        try {
            Expiry.checkNotExpired(config.membership().deserialize(creator), at);
        } catch (IdentityException e) {
            throw new BroadcastException(Status.FORBIDDEN, "the creator is refused: " + e.getMessage(), e);
        }
    }

    private static void checkSignature(ChannelConfig config, ParsedEnvelope parsed) throws BroadcastException {
        Policy writers = config.policy(WRITERS)
                .orElseThrow(() -> new BroadcastException(
                        Status.FORBIDDEN, "channel " + config.channel() + " has no policy " + WRITERS));
        SignedData signed = new SignedData(
                List.of(parsed.envelope().getPayload()),
                parsed.signatureHeader().getCreator(),
                parsed.envelope().getSignature());
        if (!writers.isSatisfiedBySignatures(List.of(signed))) {
            throw new BroadcastException(
                    Status.FORBIDDEN,
                    "the signature does not satisfy policy " + WRITERS + " of channel " + config.channel());
        }
    }

    private static BroadcastException bad(String reason) {
        return new BroadcastException(Status.BAD_REQUEST, reason);
    }
}
