package org.jangbu.msp.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.SigningIdentity;

/** Signatures under configuration updates, and the envelopes that carry both, as Fabric's tools make them. */
public final class UpdateSigning {
    private static final int NONCE_LENGTH = 24;

    private final Clock clock;
    private final SecureRandom random;

    public UpdateSigning(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A signature header of a signer with a fresh nonce: what is signed is it, followed by the bytes of the update. */
    public ByteString header(ByteString signer) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        return SignatureHeader.newBuilder()
                .setCreator(signer)
                .setNonce(ByteString.copyFrom(nonce))
                .build()
                .toByteString();
    }

    /** A signature under an update. */
    public ConfigSignature sign(SigningIdentity signer, ByteString update) {
        ByteString header = header(signer.serialized());
        return ConfigSignature.newBuilder()
                .setSignatureHeader(header)
                .setSignature(signer.sign(header, update))
                .build();
    }

    /** The signed CONFIG_UPDATE envelope of an update and signatures under it. */
    public Envelope envelope(
            SigningIdentity sender, ChannelId channel, ByteString update, List<ConfigSignature> signatures) {
        Instant now = clock.instant();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(ChannelHeader.newBuilder()
                                .setType(HeaderType.CONFIG_UPDATE_VALUE)
                                .setTimestamp(Timestamp.newBuilder()
                                        .setSeconds(now.getEpochSecond())
                                        .setNanos(now.getNano()))
                                .setChannelId(channel.value())
                                .build()
                                .toByteString())
                        .setSignatureHeader(header(sender.serialized())))
                .setData(ConfigUpdateEnvelope.newBuilder()
                        .setConfigUpdate(update)
                        .addAllSignatures(signatures)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(sender.sign(payload))
                .build();
    }
}
