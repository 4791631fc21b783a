package org.jangbu.cli.chaincode;

import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.jangbu.cli.server.ServerCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves a definition. */
@Command(
        name = "approveformyorg",
        description = "Approve a definition for your organisation.",
        footer = {
            "",
            "Example:",
            "  jangbu chaincode approveformyorg -C channel1 -n pay -v 1.0 --sequence 1 --package-id pay_1.0:0f3a…"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ApproveForMyOrg extends ServerCommand {
    @Mixin
    private DefinitionOptions definition;

    @Option(
            names = "--package-id",
            paramLabel = "ID",
            description = "What your organisation's peers run; without it they only validate")
    private @Nullable String packageId;

    @Override
    protected void execute() {
        ApproveChaincodeDefinitionForMyOrgArgs.Builder args = ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName(definition.name())
                .setVersion(definition.version())
                .setSequence(definition.sequence())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setInitRequired(definition.initRequired())
                .setSource(source());
        CollectionConfigPackage collections = definition.collections();
        if (collections.getConfigCount() > 0) {
            args.setCollections(collections);
        }
        output.progress("the organisation's peers endorse; then it is ordered");
        output.print(Answer.of(new Lifecycle(connection)
                .submit(definition.channel(), "ApproveChaincodeDefinitionForMyOrg", args.build())));
    }

    private ChaincodeSource source() {
        return packageId == null
                ? ChaincodeSource.newBuilder()
                        .setUnavailable(ChaincodeSource.Unavailable.getDefaultInstance())
                        .build()
                : ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId))
                        .build();
    }
}
