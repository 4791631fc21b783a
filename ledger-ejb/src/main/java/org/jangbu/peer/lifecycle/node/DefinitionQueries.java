package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.Quoted;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/** What is defined on a channel. */
final class DefinitionQueries {
    private static final String PREFIX = LifecycleKeys.metadata(LifecycleKeys.NAMESPACES, "");
    private static final String END = PREFIX.substring(0, PREFIX.length() - 1) + (char) ('/' + 1);

    private DefinitionQueries() {}

    /** One definition, and which organisations have approved it. */
    static ByteString one(Scope scope, ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        String name = QueryChaincodeDefinitionArgs.parseFrom(argument).getName();
        ChaincodeDefinition definition = scope.committed(name)
                .orElseThrow(() -> new LifecycleException(404, "namespace " + Quoted.brief(name) + " is not defined"));
        QueryChaincodeDefinitionResult.Builder result = QueryChaincodeDefinitionResult.newBuilder()
                .setSequence(definition.sequence())
                .setVersion(definition.version())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setCollections(definition.collections())
                .setInitRequired(definition.initRequired());
        scope.differences(definition)
                .forEach((organization, difference) -> result.putApprovals(organization, difference.isEmpty()));
        return ByteString.copyFrom(Deterministic.bytes(result.build()));
    }

    /** All definitions, by name. */
    static ByteString all(Scope scope) {
        QueryChaincodeDefinitionsResult.Builder result = QueryChaincodeDefinitionsResult.newBuilder();
        for (String name : defined(scope.state())) {
            scope.committed(name)
                    .ifPresent(definition -> result.addChaincodeDefinitionsBuilder()
                            .setName(name)
                            .setSequence(definition.sequence())
                            .setVersion(definition.version())
                            .setEndorsementPlugin(definition.endorsementPlugin())
                            .setValidationPlugin(definition.validationPlugin())
                            .setValidationParameter(definition.validationParameter())
                            .setCollections(definition.collections())
                            .setInitRequired(definition.initRequired()));
        }
        return result.build().toByteString();
    }

    private static List<String> defined(ChaincodeHost state) {
        List<String> names = new ArrayList<>();
        try (ChaincodeHost.Results<ChaincodeHost.KeyValue> rows = state.getStateByRange("", PREFIX, END, null)) {
            for (ChaincodeHost.KeyValue row = rows.next(); row != null; row = rows.next()) {
                String name = row.key().substring(PREFIX.length());
                if (ChaincodeName.isValid(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
