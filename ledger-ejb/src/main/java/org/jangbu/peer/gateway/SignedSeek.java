package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekNewest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.client.SignedEnvelopes;
import org.jangbu.msp.identity.SigningIdentity;

/**
 * Requests for blocks, as Fabric's Deliver takes them. Nobody is to wait for a block that is not there yet.
 *
 * @param tlsHash of the TLS certificate that is shown with it, to which the request is bound; empty if none is
 */
record SignedSeek(ChannelId channel, SigningIdentity signer, Instant now, ByteString tlsHash) {
    private static final SeekPosition NEWEST =
            SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()).build();

    /** Header and signatures of the newest block. */
    Envelope newest() {
        return signed(SeekInfo.newBuilder()
                .setStart(NEWEST)
                .setStop(NEWEST)
                .setContentType(SeekInfo.SeekContentType.HEADER_WITH_SIG));
    }

    /** Blocks from one number to another, or as many of them as there are. */
    Envelope range(long from, long to) {
        return signed(SeekInfo.newBuilder().setStart(at(from)).setStop(at(to)));
    }

    private static SeekPosition at(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }

    private Envelope signed(SeekInfo.Builder seek) {
        return SignedEnvelopes.of(
                signer,
                SignedEnvelopes.header(HeaderType.DELIVER_SEEK_INFO, channel, now)
                        .setTlsCertHash(tlsHash),
                SignatureHeader.newBuilder().setCreator(signer.serialized()).build(),
                seek.setBehavior(SeekInfo.SeekBehavior.FAIL_IF_NOT_READY)
                        .build()
                        .toByteString());
    }
}
