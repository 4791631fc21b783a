package org.jangbu.tests.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.tests.server.TrialServer;

/** Requests as clients without Fabric's library make them. */
final class SignedRequests {
    private SignedRequests() {}

    /** For the blocks of the tests' channel from one number to another. */
    static Envelope blocks(SigningIdentity signer, long from, long to) {
        return blocks(signer, TrialServer.CHANNEL.value(), from, to);
    }

    static Envelope blocks(SigningIdentity signer, String channel, long from, long to) {
        SeekInfo seek = SeekInfo.newBuilder().setStart(at(from)).setStop(at(to)).build();
        Instant now = Instant.now();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(ChannelHeader.newBuilder()
                                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                                .setChannelId(channel)
                                .setTimestamp(Timestamp.newBuilder()
                                        .setSeconds(now.getEpochSecond())
                                        .setNanos(now.getNano()))
                                .build()
                                .toByteString())
                        .setSignatureHeader(SignatureHeader.newBuilder()
                                .setCreator(signer.serialized())
                                .build()
                                .toByteString()))
                .setData(seek.toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload))
                .build();
    }

    private static SeekPosition at(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }
}
