package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;

/** Channels, envelopes and signers for tests of ordering: real structures, signatures that are taken on trust. */
public final class Orderings {
    public static final ChannelId CHANNEL = new ChannelId("ch1");
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Orderings() {}

    /** A channel of two-transaction blocks, whose policies are satisfied by anybody. */
    public static ChannelConfig config() {
        return config(0, new OrdererSettings(2, 10_000, 5_000, Duration.ofSeconds(2), "jangbu", Map.of(), Set.of()));
    }

    public static ChannelConfig config(long sequence, OrdererSettings settings) {
        return config(sequence, settings, new AnyoneSatisfies());
    }

    public static ChannelConfig config(long sequence, OrdererSettings settings, Policy policy) {
        return new ChannelConfig(
                CHANNEL,
                sequence,
                Config.getDefaultInstance(),
                new StrangerMembership(),
                Map.of("/Channel/Writers", policy, "/Channel/Orderer/BlockValidation", policy),
                settings,
                List.of(),
                List.of(),
                Map.of());
    }

    /** An envelope of a transaction with that text, stamped {@link #NOON}. */
    public static ByteString envelope(String text) {
        return envelope(text, NOON);
    }

    public static ByteString envelope(String text, Instant at) {
        return envelope(text, at, CHANNEL.value(), HeaderType.ENDORSER_TRANSACTION_VALUE);
    }

    public static ByteString envelope(String text, Instant at, String channel, int type) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type)
                .setChannelId(channel)
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .build();
        Payload payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(SignatureHeader.newBuilder()
                                .setCreator(ByteString.copyFromUtf8("creator"))
                                .build()
                                .toByteString()))
                .setData(ByteString.copyFromUtf8(text))
                .build();
        return Envelope.newBuilder()
                .setPayload(payload.toByteString())
                .setSignature(ByteString.copyFromUtf8("signature"))
                .build()
                .toByteString();
    }

    /** Block 0: one CONFIG transaction. */
    public static Block genesis() {
        BlockData data = BlockData.newBuilder()
                .addData(envelope("config", NOON, CHANNEL.value(), HeaderType.CONFIG_VALUE))
                .build();
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setDataHash(BlockHash.of(data)))
                .setData(data)
                .setMetadata(BlockMetadata.getDefaultInstance())
                .build();
    }

    /** A signer whose signatures are its name. */
    public static SigningIdentity signer(String name) {
        return new NamedSigner(ByteString.copyFromUtf8(name));
    }

    private record NamedSigner(ByteString serialized) implements SigningIdentity {
        @Override
        public MspId mspId() {
            return new MspId("OrdererMSP");
        }

        @Override
        public X509Certificate certificate() {
            throw new UnsupportedOperationException("a test signer has no certificate");
        }

        @Override
        public ByteString sign(ByteString... message) {
            return serialized;
        }
    }

    private static final class AnyoneSatisfies implements Policy {
        @Override
        public boolean isSatisfiedBySignatures(List<SignedData> signatures) {
            return !signatures.isEmpty();
        }

        @Override
        public boolean isSatisfiedBy(List<Identity> signers) {
            return !signers.isEmpty();
        }

        @Override
        public Optional<String> missing(List<Identity> signers) {
            return signers.isEmpty() ? Optional.of("anybody") : Optional.empty();
        }

        @Override
        public Set<MSPPrincipal> principals() {
            return Set.of();
        }
    }

    private static final class StrangerMembership implements Membership {
        @Override
        public Set<MspId> mspIds() {
            return Set.of();
        }

        @Override
        public Identity deserialize(ByteString serializedIdentity) throws IdentityException {
            throw new IdentityException(IdentityException.Reason.UNKNOWN_MSP, "nobody is known here");
        }

        @Override
        public void validate(Identity identity) {}

        @Override
        public void checkNotRevoked(Identity identity, RevocationNews news) {}

        @Override
        public boolean satisfies(Identity identity, MSPPrincipal principal) {
            return false;
        }
    }
}
