package org.jangbu.peer.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.jangbu.msp.policy.SignedData;

/**
 * A signed request for blocks, well-formed and of now; who signed it is not judged yet. Clients send no nonce, and their header type is not
 * looked at: Fabric does neither.
 */
record SeekRequest(String channel, SeekInfo seek, SignedData signed) {
    /** A request is kept as long as it is served; an identity and two positions need a few KiB. */
    private static final int MOST_BYTES = 64 << 10;

    /**
     * Reads an envelope.
     *
     * @param window how far its timestamp may be from the clock
     * @param certificateHash SHA-256 of the TLS certificate that the client has shown, where it had to show one
     * @throws SeekException BAD_REQUEST
     */
    static SeekRequest read(Envelope envelope, Clock clock, Duration window, Optional<ByteString> certificateHash)
            throws SeekException {
        if (envelope.getPayload().size() > MOST_BYTES) {
            throw bad("the payload has more than " + MOST_BYTES + " bytes");
        }
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            if (!payload.hasHeader()) {
                throw bad("the payload has no header");
            }
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            checkTime(header, clock.instant(), window);
            if (certificateHash.isPresent() && !certificateHash.get().equals(header.getTlsCertHash())) {
                throw bad("the request names another TLS certificate than the connection shows");
            }
            SignatureHeader signature =
                    SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
            SeekInfo seek = SeekInfo.parseFrom(payload.getData());
            if (!seek.hasStart() || !seek.hasStop()) {
                throw bad("start or stop is missing");
            }
            return new SeekRequest(
                    header.getChannelId(),
                    seek,
                    new SignedData(List.of(envelope.getPayload()), signature.getCreator(), envelope.getSignature()));
        } catch (InvalidProtocolBufferException e) {
            throw new SeekException(Status.BAD_REQUEST, "not well-formed protobuf: " + e.getMessage(), e);
        }
    }

    private static void checkTime(ChannelHeader header, Instant now, Duration window) throws SeekException {
        if (!header.hasTimestamp()) {
            throw bad("the channel header has no timestamp");
        }
        try {
            Timestamp timestamp = header.getTimestamp();
            Instant stated = Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
            if (stated.isBefore(now.minus(window)) || stated.isAfter(now.plus(window))) {
                throw bad("the timestamp is more than " + window + " away from this server's clock");
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new SeekException(Status.BAD_REQUEST, "a timestamp outside of all time", e);
        }
    }

    static SeekException bad(String message) {
        return new SeekException(Status.BAD_REQUEST, message);
    }
}
