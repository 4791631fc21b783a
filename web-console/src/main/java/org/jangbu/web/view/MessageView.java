package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Any protobuf message taken apart by its own description: fields that are set, under the names of its definition. */
final class MessageView {
    private MessageView() {}

    static Map<String, Object> of(MessageOrBuilder message) {
        Map<String, Object> members = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> members.put(field.getName(), member(field, value)));
        return members;
    }

    private static Object member(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return entries(field, (List<?>) value);
        }
        if (field.isRepeated()) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(single(field, element)));
            return elements;
        }
        return single(field, value);
    }

    private static Object entries(FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByName("key");
        FieldDescriptor value = field.getMessageType().findFieldByName("value");
        Map<String, Object> map = new TreeMap<>();
        for (Object each : entries) {
            Message entry = (Message) each;
            map.put(String.valueOf(entry.getField(key)), single(value, entry.getField(value)));
        }
        return map;
    }

    private static Object single(FieldDescriptor field, Object value) {
        if (value instanceof ByteString bytes) {
            return new Content(bytes);
        }
        if (value instanceof Message message) {
            return of(message);
        }
        if (value instanceof EnumValueDescriptor constant) {
            return constant.getName();
        }
        if (value instanceof Integer number && field.getType() == FieldDescriptor.Type.UINT32) {
            return Integer.toUnsignedLong(number);
        }
        if (value instanceof Long number && field.getType() == FieldDescriptor.Type.UINT64) {
            return new BigInteger(Long.toUnsignedString(number));
        }
        return value;
    }
}
