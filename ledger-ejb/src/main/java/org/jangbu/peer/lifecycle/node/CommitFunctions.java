package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionResult;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.ValidationPlugin;
import org.jangbu.chaincode.plugin.jars.PluginException;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.log.EndorsementLog;

/** From approvals to a definition of the channel: a peer endorses one only if its own organisation has approved exactly that. */
final class CommitFunctions {
    private final LocalNode node;
    private final Plugins plugins;

    CommitFunctions(LocalNode node, Plugins plugins) {
        this.node = node;
        this.plugins = plugins;
    }

    /**
     * Writes a definition, if it is the next one and approved by the organisation of this peer, and if this peer has the plug-ins that it
     * would need from then on.
     */
    ByteString commit(Scope scope, ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        ChaincodeDefinition definition = wanted(scope, argument);
        Map<String, Optional<String>> differences = scope.differences(definition);
        if (!Optional.empty().equals(differences.get(node.mspId().value()))) {
            throw new LifecycleException("chaincode definition not agreed to by this org (" + node.mspId() + ")");
        }
        requirePlugins(definition);
        scope.definitions()
                .write(
                        LifecycleKeys.NAMESPACES,
                        definition.name().value(),
                        LifecycleKeys.DEFINITION_TYPE,
                        DefinitionFields.definition(definition));
        EndorsementLog.LOG.definitionEndorsed(
                scope.channelName(), definition.name().value(), definition.sequence());
        return CommitChaincodeDefinitionResult.getDefaultInstance().toByteString();
    }

    /**
     * Tells which organisations have approved exactly this. The answer's message, which Fabric leaves empty, says in what the others differ
     * as far as hashes can tell.
     */
    ChaincodeResult readiness(Scope scope, ByteString argument)
            throws LifecycleException, InvalidProtocolBufferException {
        Map<String, Optional<String>> differences = scope.differences(wanted(scope, argument));
        CheckCommitReadinessResult.Builder result = CheckCommitReadinessResult.newBuilder();
        differences.forEach((organization, difference) -> result.putApprovals(organization, difference.isEmpty()));
        String message = differences.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .map(entry -> entry.getKey() + ": " + entry.getValue().get())
                .collect(Collectors.joining("; "));
        return new ChaincodeResult(
                SystemChaincode.success(ByteString.EMPTY).status(), message, Deterministic.bytes(result.build()), null);
    }

    private void requirePlugins(ChaincodeDefinition definition) throws LifecycleException {
        require(definition.endorsementPlugin(), EndorsementPlugin.class);
        require(definition.validationPlugin(), ValidationPlugin.class);
    }

    private void require(String name, Class<?> kind) throws LifecycleException {
        Optional<PluginReference> reference = PluginReference.parse(name);
        if (reference.isPresent()) {
            try {
                plugins.require(reference.get(), kind);
            } catch (PluginException e) {
                throw new LifecycleException(
                        "peer " + node.name() + " could not follow this definition: " + e.getMessage());
            }
        }
    }

    private static ChaincodeDefinition wanted(Scope scope, ByteString argument)
            throws LifecycleException, InvalidProtocolBufferException {
        CommitChaincodeDefinitionArgs args = CommitChaincodeDefinitionArgs.parseFrom(argument);
        DefinitionRules.check(args.getName(), args.getVersion(), args.getCollections());
        ChaincodeDefinition definition = ApprovedDefinition.definition(args);
        DefinitionRules.checkPlugins(definition);
        new PolicyRules(scope.channel().config()).check(definition);
        scope.readExisting(args.getName());
        DefinitionRules.checkCollections(definition, scope.committed(args.getName()));
        long next = scope.currentSequence(args.getName()) + 1;
        if (definition.sequence() != next) {
            throw new LifecycleException(
                    "requested sequence is " + definition.sequence() + ", but new definition must be sequence " + next);
        }
        return definition;
    }
}
