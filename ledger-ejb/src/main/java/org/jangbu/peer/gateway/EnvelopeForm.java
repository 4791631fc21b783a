package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.Quoted;

/** Envelopes as the gateway takes them. */
final class EnvelopeForm {
    private EnvelopeForm() {}

    /** What can be said of an envelope without judging its content: it is one, it is for this channel, it is signed, it is canonical. */
    static void check(ChannelId channel, ByteString envelope) throws BroadcastException {
        ParsedEnvelope parsed;
        try {
            parsed = ParsedEnvelope.parse(envelope);
        } catch (MalformedEnvelopeException e) {
            throw new BroadcastException(Status.BAD_REQUEST, "not an envelope: " + e.getMessage(), e);
        }
        String stated = parsed.channelHeader().getChannelId();
        if (!stated.equals(channel.value())) {
            throw new BroadcastException(
                    Status.BAD_REQUEST,
                    "the envelope is for channel '" + Quoted.brief(stated) + "', not for '" + channel + "'");
        }
        if (parsed.envelope().getSignature().isEmpty()) {
            throw new BroadcastException(Status.BAD_REQUEST, "the envelope has no signature");
        }
        if (!parsed.envelope().toByteString().equals(envelope)) {
            throw new BroadcastException(
                    Status.BAD_REQUEST, "the envelope is not in protobuf's usual form and no block could hold it");
        }
    }
}
