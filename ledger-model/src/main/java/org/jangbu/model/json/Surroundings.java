package org.jangbu.model.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;

/**
 * Where a message stands, as far as it decides what bytes in it hold: {@code ConfigValue.value} means one thing under the orderer and
 * another under an organisation.
 *
 * @param kind the kind of place
 * @param name of a value of the configuration: its name; else empty
 */
record Surroundings(Kind kind, String name) {
    /** The kinds of places. Those of groups stand for the group itself, and with a name for the value of that name in it. */
    enum Kind {
        ANYWHERE,
        /** Under a {@code oneof}, where Fabric's tools expand nothing. */
        PLAIN,
        CHANNEL,
        CONSORTIUMS,
        CONSORTIUM,
        CONSORTIUM_ORGANIZATION,
        ORDERER,
        ORDERER_ORGANIZATION,
        APPLICATION,
        APPLICATION_ORGANIZATION,
        /** A group that Fabric does not know. */
        UNKNOWN_GROUP,
        /** In a read/write set of keys and values. */
        KEY_VALUE_SET
    }

    static final Surroundings ANYWHERE = new Surroundings(Kind.ANYWHERE, "");
    private static final Surroundings PLAIN = new Surroundings(Kind.PLAIN, "");

    /**
     * The surroundings of the message in a field.
     *
     * @param key of a map's entry; else empty
     */
    Surroundings in(MessageOrBuilder parent, FieldDescriptor field, String key) {
        if (kind == Kind.PLAIN || field.getRealContainingOneof() != null) {
            return PLAIN;
        }
        Descriptor type = field.getContainingType();
        if (is(type, Config.getDescriptor()) || is(type, ConfigUpdate.getDescriptor())) {
            return new Surroundings(Kind.CHANNEL, "");
        }
        if (is(type, ConfigGroup.getDescriptor()) && kind != Kind.ANYWHERE) {
            return inGroup(field.getNumber(), key);
        }
        if (is(type, TxReadWriteSet.getDescriptor())) {
            return holdsKeysAndValues(parent) ? new Surroundings(Kind.KEY_VALUE_SET, "") : ANYWHERE;
        }
        return ANYWHERE;
    }

    private Surroundings inGroup(int field, String key) {
        return switch (field) {
            case ConfigGroup.GROUPS_FIELD_NUMBER -> new Surroundings(subgroup(key), "");
            case ConfigGroup.VALUES_FIELD_NUMBER -> new Surroundings(kind, key);
            default -> ANYWHERE;
        };
    }

    private Kind subgroup(String key) {
        return switch (kind) {
            case CHANNEL ->
                switch (key) {
                    case "Orderer" -> Kind.ORDERER;
                    case "Application" -> Kind.APPLICATION;
                    case "Consortiums" -> Kind.CONSORTIUMS;
                    default -> Kind.UNKNOWN_GROUP;
                };
            case CONSORTIUMS -> Kind.CONSORTIUM;
            case CONSORTIUM -> Kind.CONSORTIUM_ORGANIZATION;
            case ORDERER -> Kind.ORDERER_ORGANIZATION;
            case APPLICATION -> Kind.APPLICATION_ORGANIZATION;
            default -> Kind.UNKNOWN_GROUP;
        };
    }

    private static boolean holdsKeysAndValues(MessageOrBuilder set) {
        FieldDescriptor model = set.getDescriptorForType().findFieldByNumber(TxReadWriteSet.DATA_MODEL_FIELD_NUMBER);
        return MessageFields.enumNumber(set, model) == TxReadWriteSet.DataModel.KV_VALUE;
    }

    /** Whether this is the value of a configuration. */
    boolean isValueOf(Descriptor type) {
        return !name.isEmpty() && is(type, ConfigValue.getDescriptor());
    }

    static boolean is(Descriptor type, Descriptor other) {
        return type.getFullName().equals(other.getFullName());
    }
}
