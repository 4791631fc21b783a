package org.jangbu.msp.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.SigningIdentity;

/** Envelopes of what is no transaction of a chaincode: a configuration, its update, a request for blocks. */
public final class SignedEnvelopes {
    private SignedEnvelopes() {}

    /**
     * An envelope of its signer.
     *
     * @param header that of its signature
     */
    public static Envelope of(
            SigningIdentity signer,
            HeaderType type,
            ChannelId channel,
            Instant now,
            SignatureHeader header,
            ByteString data) {
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(ChannelHeader.newBuilder()
                                .setType(type.getNumber())
                                .setTimestamp(Timestamp.newBuilder()
                                        .setSeconds(now.getEpochSecond())
                                        .setNanos(now.getNano()))
                                .setChannelId(channel.value())
                                .build()
                                .toByteString())
                        .setSignatureHeader(header.toByteString()))
                .setData(data)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload))
                .build();
    }
}
