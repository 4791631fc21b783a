package org.jangbu.cli.chaincode;

import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.jangbu.cli.run.Output.Facts;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what one's own organisation has approved. */
@Command(
        name = "queryapproved",
        description = "Show what your organisation has approved.",
        footer = {"", "Example:", "  jangbu chaincode queryapproved -C channel1 -n pay --sequence 1"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QueryApproved extends ServerCommand {
    @Mixin
    private ChaincodeOptions chaincode;

    @Option(
            names = "--sequence",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Of which definition; the last unless told")
    private long sequence;

    @Override
    protected void execute() {
        QueryApprovedChaincodeDefinitionResult found = new Lifecycle(connection)
                .query(
                        chaincode.channel(),
                        "QueryApprovedChaincodeDefinition",
                        QueryApprovedChaincodeDefinitionArgs.newBuilder()
                                .setName(chaincode.name().value())
                                .setSequence(sequence)
                                .build(),
                        QueryApprovedChaincodeDefinitionResult.parser());
        Facts facts = DefinitionFacts.more(
                DefinitionFacts.of(chaincode.name().value(), found.getVersion(), found.getSequence()),
                found.getEndorsementPlugin(),
                found.getValidationPlugin(),
                found.getValidationParameter(),
                found.getInitRequired());
        output.print(DefinitionFacts.collections(facts, found.getCollections())
                .with("package_id", found.getSource().getLocalPackage().getPackageId()));
    }
}
