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

    /** What is sent, and when. */
    public static ChannelHeader.Builder header(HeaderType type, ChannelId channel, Instant now) {
        return ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setChannelId(channel.value());
    }

    /** An envelope of its signer. */
    public static Envelope of(
            SigningIdentity signer, ChannelHeader.Builder header, SignatureHeader signature, ByteString data) {
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.build().toByteString())
                        .setSignatureHeader(signature.toByteString()))
                .setData(data)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload))
                .build();
    }
}
