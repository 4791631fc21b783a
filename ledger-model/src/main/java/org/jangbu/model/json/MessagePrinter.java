package org.jangbu.model.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.json.JsonWriter.Mark;

/**
 * Prints one message. Every field is shown, unset ones as zero, empty or null. Bytes whose place says which message they hold are shown as
 * that message, if they hold nothing that would be lost by it; else they stay Base64.
 */
final class MessagePrinter {
    private final JsonWriter json;
    private final JsonLimits limits;
    private final Place place;

    MessagePrinter(JsonLimits limits, Place place) {
        this.limits = limits;
        this.json = new JsonWriter(limits.length());
        this.place = place;
    }

    String print(Message message) throws TranslationException {
        message(message, Surroundings.ANYWHERE);
        return json.finish();
    }

    private void message(Message message, Surroundings surroundings) throws TranslationException {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw place.refused("fields that " + message.getDescriptorForType().getFullName()
                    + " does not have, so this is another message or a damaged one");
        }
        if (json.depth() >= limits.depth()) {
            throw place.refused("deeper than " + limits.depth() + " levels");
        }
        if (Surroundings.is(message.getDescriptorForType(), Timestamp.getDescriptor())) {
            timestamp(message);
            return;
        }
        json.open('{');
        for (FieldDescriptor field : MessageFields.sorted(message.getDescriptorForType())) {
            if (isShown(message, field)) {
                place.enter(field.getName());
                json.member(field.getName());
                field(message, field, surroundings);
                place.leave();
            }
        }
        json.close('}');
        if (json.full()) {
            throw new TooLargeException("more than " + limits.length() + " characters of JSON, at " + place);
        }
    }

    /** Of a {@code oneof}, or declared optional: only what is there. */
    private static boolean isShown(Message message, FieldDescriptor field) {
        return field.getContainingOneof() == null || message.hasField(field);
    }

    private void field(Message message, FieldDescriptor field, Surroundings surroundings) throws TranslationException {
        if (field.isMapField()) {
            map(message, field, surroundings);
        } else if (field.isRepeated()) {
            json.open('[');
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                json.element();
                place.enter(Place.element(i));
                value(message, field, message.getRepeatedField(field, i), surroundings);
                place.leave();
            }
            json.close(']');
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !message.hasField(field)) {
            json.bare("null");
        } else if (OpaqueFields.isOpaque(message, field, surroundings)
                && ((ByteString) message.getField(field)).isEmpty()) {
            json.bare("null");
        } else {
            value(message, field, message.getField(field), surroundings);
        }
    }

    private void map(Message message, FieldDescriptor field, Surroundings surroundings) throws TranslationException {
        json.open('{');
        for (Message entry : entries(message, field)) {
            String key = key(entry);
            json.member(key);
            place.enter(Place.entry(key));
            FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
            Surroundings inside = surroundings.in(message, field, key);
            if (value.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                message((Message) entry.getField(value), inside);
            } else {
                scalar(value, entry.getField(value));
            }
            place.leave();
        }
        json.close('}');
    }

    private static List<Message> entries(Message message, FieldDescriptor field) {
        return ((List<?>) message.getField(field))
                .stream()
                        .map(Message.class::cast)
                        .sorted(Comparator.comparing(MessagePrinter::key, Utf8Order.COMPARATOR))
                        .toList();
    }

    private static String key(Message entry) {
        return entry.getField(entry.getDescriptorForType().findFieldByNumber(1)).toString();
    }

    private void value(Message message, FieldDescriptor field, Object value, Surroundings surroundings)
            throws TranslationException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            message((Message) value, surroundings.in(message, field, ""));
            return;
        }
        Optional<Descriptor> content = field.getType() == FieldDescriptor.Type.BYTES
                ? OpaqueFields.content(message, field, surroundings)
                : Optional.empty();
        if (content.isPresent()) {
            opaque((ByteString) value, content.get());
        } else {
            scalar(field, value);
        }
    }

    private void opaque(ByteString bytes, Descriptor type) throws TranslationException {
        Mark mark = json.mark();
        int depth = place.depth();
        try {
            message(DynamicMessage.parseFrom(type, bytes), Surroundings.ANYWHERE);
        } catch (TooLargeException e) {
            throw e;
        } catch (InvalidProtocolBufferException | TranslationException e) {
            // Shown whole or not at all: what would be lost on the way back stays as it is.
            json.reset(mark);
            place.backTo(depth);
            json.string(base64(bytes));
        }
    }

    private void scalar(FieldDescriptor field, Object value) {
        switch (field.getType()) {
            case BOOL, INT32, SINT32, SFIXED32 -> json.bare(value.toString());
            case UINT32, FIXED32 -> json.bare(Integer.toUnsignedString((Integer) value));
            case INT64, SINT64, SFIXED64 -> json.string(value.toString());
            case UINT64, FIXED64 -> json.string(Long.toUnsignedString((Long) value));
            case STRING -> json.string((String) value);
            case BYTES -> json.string(base64((ByteString) value));
            case ENUM -> constant((EnumValueDescriptor) value);
            default ->
                throw new IllegalStateException("no message of Fabric's has a field like " + field.getFullName());
        }
    }

    private void constant(EnumValueDescriptor value) {
        if (value.getIndex() < 0) {
            json.bare(Integer.toString(value.getNumber()));
        } else {
            json.string(value.getName());
        }
    }

    private void timestamp(Message time) throws TranslationException {
        long seconds = (Long) time.getField(MessageFields.named(time, "seconds"));
        int nanos = MessageFields.number(time, "nanos");
        if (!Timestamps.isValid(seconds, nanos)) {
            throw place.refused("a time outside the years 1 to 9999");
        }
        json.string(Instant.ofEpochSecond(seconds, nanos).toString());
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
