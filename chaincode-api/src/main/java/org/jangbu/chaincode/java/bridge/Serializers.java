package org.jangbu.chaincode.java.bridge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.contract.annotation.Serializer;
import org.hyperledger.fabric.contract.execution.JSONTransactionSerializer;
import org.hyperledger.fabric.contract.execution.SerializerInterface;
import org.hyperledger.fabric.contract.routing.impl.SerializerRegistryImpl;
import org.jspecify.annotations.Nullable;

/** The serializers of a package by class name. The shim's own registry fills itself by a slow scan of the whole class path; this one is told. */
final class Serializers extends SerializerRegistryImpl {
    private final Map<String, SerializerInterface> byName = new HashMap<>();

    Serializers(List<String> names) throws ReflectiveOperationException {
        byName.put(JSONTransactionSerializer.class.getName(), new JSONTransactionSerializer());
        for (String name : names) {
            byName.put(
                    name,
                    Classes.load(name, SerializerInterface.class)
                            .getDeclaredConstructor()
                            .newInstance());
        }
    }

    @Override
    public @Nullable SerializerInterface getSerializer(String name, Serializer.TARGET target) {
        return byName.get(name);
    }
}
