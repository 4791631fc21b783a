package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgResult;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.MspId;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.log.EndorsementLog;

/** What an organisation approves for itself, in its implicit collection: everybody has the hashes, its own peers the values. */
final class ApprovalFunctions {
    private final MspId organization;

    ApprovalFunctions(LocalNode node) {
        this.organization = node.mspId();
    }

    /** Approves a definition. One that is committed already may be approved again as it is, to name another package. */
    ByteString approve(Scope scope, ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        ApproveChaincodeDefinitionForMyOrgArgs args = ApproveChaincodeDefinitionForMyOrgArgs.parseFrom(argument);
        DefinitionRules.check(args.getName(), args.getVersion(), args.getCollections());
        ApprovedDefinition approved = ApprovedDefinition.of(args)
                .orElseThrow(() -> new LifecycleException("invalid chaincode name '" + args.getName() + "'"));
        DefinitionRules.checkPlugins(approved.definition());
        new PolicyRules(scope.channel().config()).check(approved.definition());
        scope.readExisting(args.getName());
        DefinitionRules.checkCollections(approved.definition(), scope.committed(args.getName()));
        checkSequence(scope, approved.definition());
        String packageId = approved.packageId().orElse("");
        checkNew(scope, approved.definition(), packageId);
        String name = LifecycleKeys.approval(args.getName(), args.getSequence());
        StateRecords own = scope.approvalsOf(organization);
        own.write(
                LifecycleKeys.NAMESPACES,
                name,
                LifecycleKeys.PARAMETERS_TYPE,
                DefinitionFields.parameters(approved.definition()));
        own.write(
                LifecycleKeys.SOURCES,
                name,
                LifecycleKeys.LOCAL_PACKAGE_TYPE,
                DefinitionFields.localPackage(packageId));
        EndorsementLog.LOG.approvalEndorsed(
                scope.channelName(), args.getName(), args.getSequence(), organization.value());
        return ApproveChaincodeDefinitionForMyOrgResult.getDefaultInstance().toByteString();
    }

    private static void checkSequence(Scope scope, ChaincodeDefinition wanted)
            throws LifecycleException, InvalidProtocolBufferException {
        String name = wanted.name().value();
        long current = scope.currentSequence(name);
        long sequence = wanted.sequence();
        if (sequence <= 0 && current == 0) {
            throw new LifecycleException("requested sequence is 0, but first definable sequence number is 1");
        }
        if (sequence < current) {
            throw new LifecycleException(
                    "currently defined sequence " + current + " is larger than requested sequence " + sequence);
        }
        if (sequence > current + 1) {
            throw new LifecycleException("requested sequence " + sequence
                    + " is larger than the next available sequence number " + (current + 1));
        }
        if (sequence == current) {
            ChaincodeDefinition committed = scope.committed(name)
                    .orElseThrow(() -> new LifecycleException(
                            "missing metadata for currently committed sequence number (" + current + ")"));
            Optional<String> difference = DefinitionDifference.between(committed, wanted);
            if (difference.isPresent()) {
                throw new LifecycleException("attempted to redefine the current committed sequence (" + current
                        + ") for namespace " + name + " with different parameters: " + difference.get());
            }
        }
    }

    /** Refuses to say the same again about a definition that is not committed yet. */
    private void checkNew(Scope scope, ChaincodeDefinition wanted, String packageId)
            throws LifecycleException, InvalidProtocolBufferException {
        String chaincode = wanted.name().value();
        if (wanted.sequence() != scope.currentSequence(chaincode) + 1) {
            return;
        }
        String name = LifecycleKeys.approval(chaincode, wanted.sequence());
        StateRecords own = scope.approvalsOf(organization);
        Optional<ChaincodeDefinition> former = approved(own, wanted.name(), wanted.sequence());
        if (former.isPresent()
                && former.get().equals(wanted)
                && own.metadata(LifecycleKeys.SOURCES, name).isPresent()
                && packageId(own, name).equals(packageId)) {
            throw new LifecycleException("attempted to redefine uncommitted sequence (" + wanted.sequence()
                    + ") for namespace " + chaincode + " with unchanged content");
        }
    }

    /** Tells what this organisation has approved. */
    ByteString query(Scope scope, ByteString argument) throws LifecycleException, InvalidProtocolBufferException {
        QueryApprovedChaincodeDefinitionArgs args = QueryApprovedChaincodeDefinitionArgs.parseFrom(argument);
        StateRecords own = scope.approvalsOf(organization);
        long sequence = args.getSequence();
        if (sequence == 0) {
            long current = scope.currentSequence(args.getName());
            String next = LifecycleKeys.approval(args.getName(), current + 1);
            sequence = own.metadata(LifecycleKeys.NAMESPACES, next).isPresent() ? current + 1 : current;
        }
        if (!ChaincodeName.isValid(args.getName())) {
            throw notFetched(scope, args.getName(), sequence);
        }
        Optional<ChaincodeDefinition> approved = approved(own, new ChaincodeName(args.getName()), sequence);
        if (approved.isEmpty()) {
            throw notFetched(scope, args.getName(), sequence);
        }
        String name = LifecycleKeys.approval(args.getName(), sequence);
        if (own.metadata(LifecycleKeys.SOURCES, name).isEmpty()) {
            throw new LifecycleException("could not fetch chaincode-source metadata for " + name);
        }
        ChaincodeDefinition definition = approved.get();
        return QueryApprovedChaincodeDefinitionResult.newBuilder()
                .setSequence(definition.sequence())
                .setVersion(definition.version())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setCollections(definition.collections())
                .setInitRequired(definition.initRequired())
                .setSource(source(packageId(own, name)))
                .build()
                .toByteString();
    }

    private static LifecycleException notFetched(Scope scope, String chaincode, long sequence) {
        return new LifecycleException("could not fetch approved chaincode definition (name: '"
                + org.jangbu.model.Quoted.brief(chaincode) + "', sequence: '" + sequence + "') on channel '"
                + scope.channelName() + "'");
    }

    private static ChaincodeSource source(String packageId) {
        return packageId.isEmpty()
                ? ChaincodeSource.newBuilder()
                        .setUnavailable(ChaincodeSource.Unavailable.getDefaultInstance())
                        .build()
                : ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId))
                        .build();
    }

    private static Optional<ChaincodeDefinition> approved(StateRecords own, ChaincodeName chaincode, long sequence)
            throws InvalidProtocolBufferException {
        String name = LifecycleKeys.approval(chaincode.value(), sequence);
        Optional<StateMetadata> metadata = own.metadata(LifecycleKeys.NAMESPACES, name)
                .filter(found -> found.getDatatype().equals(LifecycleKeys.PARAMETERS_TYPE));
        if (metadata.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ByteString> fields = new LinkedHashMap<>();
        for (String field : metadata.get().getFieldsList()) {
            fields.put(field, own.field(LifecycleKeys.NAMESPACES, name, field));
        }
        return Optional.of(DefinitionFields.approved(chaincode, sequence, fields));
    }

    private static String packageId(StateRecords own, String name) throws InvalidProtocolBufferException {
        return DefinitionFields.packageId(own.field(LifecycleKeys.SOURCES, name, LifecycleKeys.PACKAGE_ID));
    }
}
