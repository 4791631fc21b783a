package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Values of a config group. */
final class ConfigValues {
    private ConfigValues() {}

    /** The bytes of a value; empty where the group has none of that name, which reads as that message's defaults. */
    static ByteString of(ConfigGroup group, String name) {
        @Nullable ConfigValue value = group.getValuesMap().get(name);
        return value == null ? ByteString.EMPTY : value.getValue();
    }
}
