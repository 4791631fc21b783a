package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Protobuf bytes that are the same for the same message: map entries sorted by key. */
final class Deterministic {
    private Deterministic() {}

    static ByteString bytes(MessageLite message) {
        ByteString.Output out = ByteString.newOutput(message.getSerializedSize());
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        coded.useDeterministicSerialization();
        try {
            message.writeTo(coded);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteString();
    }
}
