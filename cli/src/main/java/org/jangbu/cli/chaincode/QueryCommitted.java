package org.jangbu.cli.chaincode;

import java.util.List;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.run.Output.Facts;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what is in force. */
@Command(
        name = "querycommitted",
        description = "Show the definition of a chaincode that is in force and who has approved it, or list all.",
        footer = {"", "Example:", "  jangbu chaincode querycommitted -C channel1 -n pay"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QueryCommitted extends ServerCommand {
    @Option(
            names = {"-C", "--channelID"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "The chaincode; all of them unless told")
    private @Nullable String name;

    @Override
    protected void execute() {
        if (name == null) {
            all();
        } else {
            one(name);
        }
    }

    private void one(String chaincode) {
        QueryChaincodeDefinitionResult found = new Lifecycle(connection)
                .query(
                        channel(channel),
                        "QueryChaincodeDefinition",
                        QueryChaincodeDefinitionArgs.newBuilder()
                                .setName(chaincode)
                                .build(),
                        QueryChaincodeDefinitionResult.parser());
        Facts facts = DefinitionFacts.more(
                DefinitionFacts.of(chaincode, found.getVersion(), found.getSequence()),
                found.getEndorsementPlugin(),
                found.getValidationPlugin(),
                found.getValidationParameter(),
                found.getInitRequired());
        Facts approvals = new Facts();
        new TreeMap<>(found.getApprovalsMap()).forEach(approvals::with);
        output.print(DefinitionFacts.collections(facts, found.getCollections()).with("approvals", approvals.json()));
    }

    private void all() {
        List<Facts> found = new Lifecycle(connection)
                        .query(
                                channel(channel),
                                "QueryChaincodeDefinitions",
                                QueryChaincodeDefinitionsArgs.getDefaultInstance(),
                                QueryChaincodeDefinitionsResult.parser())
                        .getChaincodeDefinitionsList()
                        .stream()
                        .map(one -> DefinitionFacts.more(
                                DefinitionFacts.of(one.getName(), one.getVersion(), one.getSequence()),
                                one.getEndorsementPlugin(),
                                one.getValidationPlugin(),
                                one.getValidationParameter(),
                                one.getInitRequired()))
                        .toList();
        List<JsonValue> json =
                found.stream().map(facts -> (JsonValue) facts.json()).toList();
        output.print(
                String.join(
                        System.lineSeparator() + System.lineSeparator(),
                        found.stream().map(Facts::text).toList()),
                new Output.Facts()
                        .with("chaincode_definitions", new JsonArray(json))
                        .json());
    }
}
