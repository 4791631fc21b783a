package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.Quoted;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.jangbu.peer.log.EndorsementLog;

/**
 * {@code _lifecycle}: chaincode definitions as state of the channel. A peer endorses a definition only if its own operator has approved
 * exactly that; so the channel's LifecycleEndorsement policy decides which organisations must agree.
 */
public final class LifecycleChaincode implements SystemChaincode {
    private static final String METADATA_PREFIX = "namespaces/metadata/";

    private final LocalNode node;
    private final Approvals approvals;

    public LifecycleChaincode(LocalNode node, Approvals approvals) {
        this.node = node;
        this.approvals = approvals;
    }

    @Override
    public String name() {
        return ChaincodeName.LIFECYCLE.value();
    }

    @Override
    public boolean callable() {
        return true;
    }

    @Override
    public ChaincodeResult invoke(Call call) {
        if (call.args().isEmpty()) {
            return SystemChaincode.failure(500, "lifecycle scc must be invoked with arguments");
        }
        if (call.args().size() != 2) {
            return SystemChaincode.failure(
                    500,
                    "lifecycle scc operations require exactly two arguments but received "
                            + call.args().size());
        }
        String function = call.text(0);
        JoinedChannel channel = call.channel().orElse(null);
        ChaincodeHost state = call.state().orElse(null);
        if (channel == null || state == null) {
            return failed(function, "this release answers it on a channel alone");
        }
        Optional<String> refusal = AccessControl.refusal(
                channel.config(), name() + "/" + function, call.proposal().creator());
        if (refusal.isPresent()) {
            return SystemChaincode.failure(
                    500, "Failed to authorize invocation due to failed ACL check: " + refusal.get());
        }
        try {
            return switch (function) {
                case "CommitChaincodeDefinition" ->
                    commit(channel, state, call.args().get(1));
                case "QueryChaincodeDefinition" ->
                    query(channel, state, call.args().get(1));
                case "QueryChaincodeDefinitions" -> queryAll(channel, state);
                default -> failed(function, "this release does not know it");
            };
        } catch (InvalidProtocolBufferException e) {
            return failed(function, "error unmarshalling its argument: " + e.getMessage());
        }
    }

    private ChaincodeResult commit(JoinedChannel channel, ChaincodeHost state, ByteString argument)
            throws InvalidProtocolBufferException {
        CommitChaincodeDefinitionArgs args = CommitChaincodeDefinitionArgs.parseFrom(argument);
        String function = "CommitChaincodeDefinition";
        Optional<String> problem = DefinitionRules.problem(args.getName(), args.getVersion(), args.getCollections());
        if (problem.isPresent()) {
            return failed(function, "error validating chaincode definition: " + problem.get());
        }
        ChaincodeDefinition definition = ApprovedDefinition.definition(args);
        StateDefinitionWriter writer = new StateDefinitionWriter(state);
        long next = writer.currentSequence(definition) + 1;
        if (definition.sequence() != next) {
            return failed(
                    function,
                    "requested sequence is " + definition.sequence() + ", but new definition must be sequence " + next);
        }
        if (!isApproved(channel, definition)) {
            return failed(function, "chaincode definition not agreed to by this org (" + node.mspId() + ")");
        }
        writer.write(definition);
        EndorsementLog.LOG.definitionEndorsed(
                channel.ledger().id().channel().value(), definition.name().value(), definition.sequence());
        return SystemChaincode.success(
                CommitChaincodeDefinitionResult.getDefaultInstance().toByteString());
    }

    private boolean isApproved(JoinedChannel channel, ChaincodeDefinition definition) {
        return approvals
                .find(channel.ledger().id().channel(), definition.name().value(), definition.sequence())
                .flatMap(ApprovedDefinition::of)
                .map(ApprovedDefinition::definition)
                .filter(definition::equals)
                .isPresent();
    }

    private static ChaincodeResult query(JoinedChannel channel, ChaincodeHost state, ByteString argument)
            throws InvalidProtocolBufferException {
        String name = QueryChaincodeDefinitionArgs.parseFrom(argument).getName();
        Optional<ChaincodeDefinition> found =
                ChaincodeName.isValid(name) ? committed(channel, state, new ChaincodeName(name)) : Optional.empty();
        return found.map(definition -> SystemChaincode.success(QueryChaincodeDefinitionResult.newBuilder()
                        .setSequence(definition.sequence())
                        .setVersion(definition.version())
                        .setEndorsementPlugin(definition.endorsementPlugin())
                        .setValidationPlugin(definition.validationPlugin())
                        .setValidationParameter(definition.validationParameter())
                        .setCollections(definition.collections())
                        .setInitRequired(definition.initRequired())
                        .build()
                        .toByteString()))
                .orElseGet(() -> SystemChaincode.failure(404, "namespace " + Quoted.brief(name) + " is not defined"));
    }

    private static ChaincodeResult queryAll(JoinedChannel channel, ChaincodeHost state) {
        QueryChaincodeDefinitionsResult.Builder result = QueryChaincodeDefinitionsResult.newBuilder();
        for (String name : defined(state)) {
            committed(channel, state, new ChaincodeName(name))
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
        return SystemChaincode.success(result.build().toByteString());
    }

    private static List<String> defined(ChaincodeHost state) {
        List<String> names = new ArrayList<>();
        String end = METADATA_PREFIX.substring(0, METADATA_PREFIX.length() - 1) + (char) ('/' + 1);
        try (ChaincodeHost.Results<ChaincodeHost.KeyValue> rows =
                state.getStateByRange("", METADATA_PREFIX, end, null)) {
            for (ChaincodeHost.KeyValue row = rows.next(); row != null; row = rows.next()) {
                String name = row.key().substring(METADATA_PREFIX.length());
                if (ChaincodeName.isValid(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Reads through the simulation first, so that what an answer rests on is in its read set. */
    private static Optional<ChaincodeDefinition> committed(
            JoinedChannel channel, ChaincodeHost state, ChaincodeName name) {
        byte[] metadata = state.getState("", LifecycleKeys.metadata(name).key());
        byte[] sequence = state.getState(
                "", LifecycleKeys.field(name, LifecycleKeys.SEQUENCE).key());
        return metadata == null || sequence == null
                ? Optional.empty()
                : new StateDefinitions(channel.ledger().state()).find(name);
    }

    private static ChaincodeResult failed(String function, String reason) {
        return SystemChaincode.failure(
                500, "failed to invoke backing implementation of '" + Quoted.brief(function) + "': " + reason);
    }
}
