package org.jangbu.model.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;

/**
 * Makes a message from JSON. What tells the meaning of other fields is read before them. Messages within bytes are serialised with the
 * entries of maps in order, so that the same JSON always gives the same bytes.
 */
final class MessageParser {
    private final Place place;

    MessageParser(Place place) {
        this.place = place;
    }

    DynamicMessage parse(Descriptor type, JsonValue json) throws TranslationException {
        return message(type, json, Surroundings.ANYWHERE);
    }

    static ByteString serialized(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return ByteString.copyFrom(bytes);
    }

    private DynamicMessage message(Descriptor type, JsonValue json, Surroundings surroundings)
            throws TranslationException {
        if (Surroundings.is(type, Timestamp.getDescriptor())) {
            return timestamp(type, json);
        }
        if (!(json instanceof JsonObject object)) {
            throw place.refused("an object is expected");
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        List<Member> later = new ArrayList<>();
        Set<FieldDescriptor> seen = new HashSet<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            FieldDescriptor field = field(type, member.getKey());
            if (!seen.add(field)) {
                throw place.refused("the member " + field.getName() + " occurs twice");
            }
            if (field.getType() == FieldDescriptor.Type.BYTES) {
                later.add(new Member(field, member.getValue()));
            } else {
                set(message, field, member.getValue(), surroundings);
            }
        }
        for (Member member : later) {
            set(message, member.field(), member.value(), surroundings);
        }
        return message.build();
    }

    private record Member(FieldDescriptor field, JsonValue value) {}

    private FieldDescriptor field(Descriptor type, String name) throws TranslationException {
        FieldDescriptor field = type.findFieldByName(name);
        if (field != null) {
            return field;
        }
        return type.getFields().stream()
                .filter(other -> other.getJsonName().equals(name))
                .findFirst()
                .orElseThrow(() -> place.refused(type.getFullName() + " has no " + Quoted.brief(name)));
    }

    private void set(DynamicMessage.Builder message, FieldDescriptor field, JsonValue json, Surroundings surroundings)
            throws TranslationException {
        if (json instanceof JsonNull) {
            return;
        }
        place.enter(field.getName());
        if (field.getRealContainingOneof() != null
                && message.getOneofFieldDescriptor(field.getRealContainingOneof()) != null) {
            throw place.refused("only one of " + field.getRealContainingOneof().getName() + " may be given");
        }
        if (field.isMapField()) {
            map(message, field, json, surroundings);
        } else if (field.isRepeated()) {
            list(message, field, json, surroundings);
        } else {
            message.setField(field, value(message, field, json, surroundings));
        }
        place.leave();
    }

    private void list(DynamicMessage.Builder message, FieldDescriptor field, JsonValue json, Surroundings surroundings)
            throws TranslationException {
        if (!(json instanceof JsonArray array)) {
            throw place.refused("an array is expected");
        }
        for (int i = 0; i < array.elements().size(); i++) {
            place.enter(Place.element(i));
            message.addRepeatedField(
                    field, value(message, field, array.elements().get(i), surroundings));
            place.leave();
        }
    }

    private void map(DynamicMessage.Builder message, FieldDescriptor field, JsonValue json, Surroundings surroundings)
            throws TranslationException {
        if (!(json instanceof JsonObject object)) {
            throw place.refused("an object is expected");
        }
        Descriptor entryType = field.getMessageType();
        FieldDescriptor keyField = entryType.findFieldByNumber(1);
        FieldDescriptor valueField = entryType.findFieldByNumber(2);
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            place.enter(Place.entry(member.getKey()));
            DynamicMessage.Builder entry = DynamicMessage.newBuilder(entryType);
            entry.setField(keyField, ScalarReader.key(keyField, member.getKey(), place));
            Object value = valueField.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    ? message(
                            valueField.getMessageType(),
                            member.getValue(),
                            surroundings.in(message, field, member.getKey()))
                    : ScalarReader.read(valueField, member.getValue(), place);
            message.addRepeatedField(field, entry.setField(valueField, value).build());
            place.leave();
        }
    }

    private Object value(
            DynamicMessage.Builder message, FieldDescriptor field, JsonValue json, Surroundings surroundings)
            throws TranslationException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            return message(field.getMessageType(), json, surroundings.in(message, field, ""));
        }
        if (field.getType() == FieldDescriptor.Type.BYTES && !(json instanceof JsonText)) {
            return opaque(message, field, json, surroundings);
        }
        return ScalarReader.read(field, json, place);
    }

    private ByteString opaque(
            DynamicMessage.Builder message, FieldDescriptor field, JsonValue json, Surroundings surroundings)
            throws TranslationException {
        Optional<Descriptor> content = OpaqueFields.content(message, field, surroundings);
        if (content.isEmpty()) {
            throw place.refused("Base64 is expected: nothing tells which message this is");
        }
        return serialized(message(content.get(), json, Surroundings.ANYWHERE));
    }

    private DynamicMessage timestamp(Descriptor type, JsonValue json) throws TranslationException {
        if (!(json instanceof JsonText text)) {
            throw place.refused("a time is expected, such as 2026-01-31T12:00:00Z");
        }
        try {
            Instant time = OffsetDateTime.parse(text.text()).toInstant();
            if (!Timestamps.isValid(time.getEpochSecond(), time.getNano())) {
                throw place.refused("a time outside the years 1 to 9999");
            }
            return DynamicMessage.newBuilder(type)
                    .setField(type.findFieldByName("seconds"), time.getEpochSecond())
                    .setField(type.findFieldByName("nanos"), time.getNano())
                    .build();
        } catch (DateTimeException e) {
            throw place.refused("a time is expected, such as 2026-01-31T12:00:00Z");
        }
    }
}
