package org.jangbu.msp.client;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
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
        return fresh(signer).toByteString();
    }

    private SignatureHeader fresh(ByteString signer) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        return SignatureHeader.newBuilder()
                .setCreator(signer)
                .setNonce(ByteString.copyFrom(nonce))
                .build();
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
        return SignedEnvelopes.of(
                sender,
                SignedEnvelopes.header(HeaderType.CONFIG_UPDATE, channel, clock.instant()),
                fresh(sender.serialized()),
                ConfigUpdateEnvelope.newBuilder()
                        .setConfigUpdate(update)
                        .addAllSignatures(signatures)
                        .build()
                        .toByteString());
    }
}
