package org.jangbu.cli.chaincode;

import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Commits a definition. */
@Command(
        name = "commit",
        description = "Put a definition in force for the whole channel, once enough organisations have approved it.",
        footer = {"", "Example:", "  jangbu chaincode commit -C channel1 -n pay -v 1.0 --sequence 1"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CommitDefinition extends ServerCommand {
    @Mixin
    private DefinitionOptions definition;

    @Override
    protected void execute() {
        CommitChaincodeDefinitionArgs.Builder args = CommitChaincodeDefinitionArgs.newBuilder()
                .setName(definition.name())
                .setVersion(definition.version())
                .setSequence(definition.sequence())
                .setEndorsementPlugin(definition.endorsementPlugin())
                .setValidationPlugin(definition.validationPlugin())
                .setValidationParameter(definition.validationParameter())
                .setInitRequired(definition.initRequired());
        CollectionConfigPackage collections = definition.collections();
        if (collections.getConfigCount() > 0) {
            args.setCollections(collections);
        }
        output.progress("peers of all organisations endorse; then it is ordered");
        output.print(Answer.of(
                new Lifecycle(connection).submit(definition.channel(), "CommitChaincodeDefinition", args.build())));
    }
}
