package org.jangbu.peer.gateway;

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

/** Requests for blocks, as Fabric's Deliver takes them. Nobody is to wait for a block that is not there yet. */
final class SignedSeek {
    private static final SeekPosition NEWEST =
            SeekPosition.newBuilder().setNewest(SeekNewest.getDefaultInstance()).build();

    private SignedSeek() {}

    /** Header and signatures of the newest block. */
    static Envelope newest(ChannelId channel, SigningIdentity signer, Instant now) {
        return signed(
                channel,
                signer,
                now,
                SeekInfo.newBuilder()
                        .setStart(NEWEST)
                        .setStop(NEWEST)
                        .setContentType(SeekInfo.SeekContentType.HEADER_WITH_SIG));
    }

    /** Blocks from one number to another, or as many of them as there are. */
    static Envelope range(ChannelId channel, SigningIdentity signer, Instant now, long from, long to) {
        return signed(
                channel, signer, now, SeekInfo.newBuilder().setStart(at(from)).setStop(at(to)));
    }

    private static SeekPosition at(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }

    private static Envelope signed(ChannelId channel, SigningIdentity signer, Instant now, SeekInfo.Builder seek) {
        return SignedEnvelopes.of(
                signer,
                HeaderType.DELIVER_SEEK_INFO,
                channel,
                now,
                SignatureHeader.newBuilder().setCreator(signer.serialized()).build(),
                seek.setBehavior(SeekInfo.SeekBehavior.FAIL_IF_NOT_READY)
                        .build()
                        .toByteString());
    }
}
