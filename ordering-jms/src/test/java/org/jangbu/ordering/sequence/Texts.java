package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;

/** The text that a test put into an envelope. */
final class Texts {
    private Texts() {}

    static String of(ByteString envelope) {
        try {
            return ParsedEnvelope.parse(envelope).payload().getData().toStringUtf8();
        } catch (MalformedEnvelopeException e) {
            throw new AssertionError(e);
        }
    }
}
