package org.jangbu.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * An envelope and its headers, parsed once and carried along. {@code raw} are the bytes as they came; nothing is judged here beyond being
 * well-formed protobuf.
 */
public record ParsedEnvelope(
        ByteString raw,
        Envelope envelope,
        Payload payload,
        ChannelHeader channelHeader,
        SignatureHeader signatureHeader) {

    /**
     * Parses an envelope down to its headers.
     *
     * @throws MalformedEnvelopeException with the code of Fabric's validation step that would have refused it: NIL_ENVELOPE for no bytes,
     *     INVALID_OTHER_REASON for an unreadable envelope, BAD_PAYLOAD, BAD_COMMON_HEADER
     */
    public static ParsedEnvelope parse(ByteString raw) throws MalformedEnvelopeException {
        if (raw.isEmpty()) {
            throw new MalformedEnvelopeException(TxValidationCode.NIL_ENVELOPE, "the envelope is empty");
        }
        TxValidationCode step = TxValidationCode.INVALID_OTHER_REASON;
        try {
            Envelope envelope = Envelope.parseFrom(raw);
            step = TxValidationCode.BAD_PAYLOAD;
            Payload payload = Payload.parseFrom(envelope.getPayload());
            step = TxValidationCode.BAD_COMMON_HEADER;
            if (!payload.hasHeader()) {
                throw new MalformedEnvelopeException(step, "the payload has no header");
            }
            ChannelHeader channel = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            SignatureHeader signature =
                    SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
            return new ParsedEnvelope(raw, envelope, payload, channel, signature);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEnvelopeException(step, "not well-formed protobuf: " + e.getMessage(), e);
        }
    }

    /** The transaction id as the channel header states it (empty for configuration transactions). */
    public TxId txId() {
        return new TxId(channelHeader.getTxId());
    }
}
