package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.jangbu.model.ChaincodeName;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/**
 * What an organisation approved, with Fabric's defaults where nothing was said.
 *
 * @param packageId what runs it on this node; empty if the node shall only validate
 */
record ApprovedDefinition(ChaincodeDefinition definition, Optional<String> packageId) {
    private static final String DEFAULT_POLICY = "/Channel/Application/Endorsement";

    /** Reads an approval; empty if its name is none. */
    static Optional<ApprovedDefinition> of(ApproveChaincodeDefinitionForMyOrgArgs approval) {
        CommitChaincodeDefinitionArgs args = asCommit(approval);
        Optional<String> packageId = approval.getSource().hasLocalPackage()
                ? Optional.of(approval.getSource().getLocalPackage().getPackageId())
                : Optional.empty();
        return ChaincodeName.isValid(approval.getName())
                ? Optional.of(new ApprovedDefinition(definition(args), packageId))
                : Optional.empty();
    }

    private static CommitChaincodeDefinitionArgs asCommit(ApproveChaincodeDefinitionForMyOrgArgs approval) {
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setSequence(approval.getSequence())
                .setName(approval.getName())
                .setVersion(approval.getVersion())
                .setEndorsementPlugin(approval.getEndorsementPlugin())
                .setValidationPlugin(approval.getValidationPlugin())
                .setValidationParameter(approval.getValidationParameter())
                .setCollections(approval.getCollections())
                .setInitRequired(approval.getInitRequired())
                .build();
    }

    /** The definition that these arguments, whose name is valid, ask for. */
    static ChaincodeDefinition definition(CommitChaincodeDefinitionArgs args) {
        ByteString policy = args.getValidationParameter().isEmpty()
                ? ApplicationPolicy.newBuilder()
                        .setChannelConfigPolicyReference(DEFAULT_POLICY)
                        .build()
                        .toByteString()
                : args.getValidationParameter();
        return new ChaincodeDefinition(
                new ChaincodeName(args.getName()),
                args.getSequence(),
                args.getVersion(),
                args.getEndorsementPlugin().isEmpty() ? ChaincodeDefinition.ESCC : args.getEndorsementPlugin(),
                args.getInitRequired(),
                args.getValidationPlugin().isEmpty() ? ChaincodeDefinition.VSCC : args.getValidationPlugin(),
                policy,
                args.getCollections());
    }
}
