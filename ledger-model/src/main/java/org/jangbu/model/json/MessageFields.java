package org.jangbu.model.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import java.util.Comparator;
import java.util.List;
import org.jangbu.model.Utf8Order;

/** Fields of messages of any type, read by their descriptors. */
final class MessageFields {
    private MessageFields() {}

    /** The fields in the order of their names, as JSON has them. */
    static List<FieldDescriptor> sorted(Descriptor type) {
        return type.getFields().stream()
                .sorted(Comparator.comparing(FieldDescriptor::getName, Utf8Order.COMPARATOR))
                .toList();
    }

    static int enumNumber(MessageOrBuilder message, FieldDescriptor field) {
        return ((EnumValueDescriptor) message.getField(field)).getNumber();
    }

    static int number(MessageOrBuilder message, String field) {
        return (Integer) message.getField(named(message, field));
    }

    static String text(MessageOrBuilder message, String field) {
        return (String) message.getField(named(message, field));
    }

    static ByteString bytes(MessageOrBuilder message, String field) {
        return (ByteString) message.getField(named(message, field));
    }

    static FieldDescriptor named(MessageOrBuilder message, String field) {
        FieldDescriptor found = message.getDescriptorForType().findFieldByName(field);
        if (found == null) {
            throw new IllegalArgumentException(message.getDescriptorForType().getFullName() + " has no " + field);
        }
        return found;
    }
}
