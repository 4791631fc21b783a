package org.jangbu.model.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * Translates Fabric's messages to JSON and back, as Fabric's {@code configtxlator proto_decode} and {@code proto_encode} do: original field
 * names in order, all fields shown, bytes in Base64, 64-bit numbers quoted, and messages within bytes expanded.
 *
 * <p>Nothing is lost on the way: bytes that would not come back as the same message (unknown fields, nesting beyond the limit, a message
 * that does not parse, a value whose name nobody knows) stay Base64, where Fabric's tool fails or drops. Wherever an expanded message is
 * expected Base64 is taken too.
 */
public final class Protolator {
    private final JsonLimits limits;

    public Protolator(JsonLimits limits) {
        this.limits = limits;
    }

    /**
     * A message as JSON.
     *
     * @throws TooLargeException if the text would exceed the limit
     * @throws TranslationException if the bytes are no such message, or it has fields which that type lacks
     */
    public String decode(Descriptor type, ByteString bytes) throws TranslationException {
        try {
            DynamicMessage message = DynamicMessage.parseFrom(type, bytes);
            return new MessagePrinter(limits, new Place(type.getFullName())).print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new TranslationException("no " + type.getFullName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The message of a JSON text.
     *
     * @throws TranslationException if the text is no JSON, exceeds the limits or does not describe such a message
     */
    public ByteString encode(Descriptor type, String json) throws TranslationException {
        try {
            return encode(type, JsonReader.read(json, limits));
        } catch (JsonSyntaxException e) {
            throw new TranslationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The message that a value of JSON describes. */
    public ByteString encode(Descriptor type, JsonValue json) throws TranslationException {
        return MessageParser.serialized(new MessageParser(new Place(type.getFullName())).parse(type, json));
    }
}
