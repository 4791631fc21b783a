package org.jangbu.cli.chaincode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonTruth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells who has approved a definition. */
@Command(
        name = "checkcommitreadiness",
        description = "Tell which organisations have approved exactly this definition, and where others differ.",
        footer = {"", "Example:", "  jangbu chaincode checkcommitreadiness -C channel1 -n pay -v 1.0 --sequence 1"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommitReadiness extends ServerCommand {
    @Mixin
    private DefinitionOptions definition;

    @Override
    protected void execute() {
        CheckCommitReadinessArgs.Builder args = CheckCommitReadinessArgs.newBuilder()
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
        CheckCommitReadinessResult result = new Lifecycle(connection)
                .query(definition.channel(), "CheckCommitReadiness", args.build(), CheckCommitReadinessResult.parser());
        List<String> lines = new ArrayList<>();
        Map<String, JsonValue> approvals = new LinkedHashMap<>();
        Map<String, JsonValue> mismatches = new LinkedHashMap<>();
        new TreeMap<>(result.getApprovalsMap()).forEach((organization, approved) -> {
            List<String> items = result.getMismatchesMap()
                    .getOrDefault(organization, CheckCommitReadinessResult.Mismatches.getDefaultInstance())
                    .getItemsList();
            lines.add(organization + ": " + approved + (items.isEmpty() ? "" : " (" + String.join("; ", items) + ")"));
            approvals.put(organization, new JsonTruth(approved));
            if (!items.isEmpty()) {
                mismatches.put(
                        organization, new Output.Facts().with("items", items).json());
            }
        });
        Output.Facts facts = new Output.Facts().with("approvals", new JsonObject(approvals));
        if (!mismatches.isEmpty()) {
            facts.with("mismatches", new JsonObject(mismatches));
        }
        output.print(String.join(System.lineSeparator(), lines), facts.json());
    }
}
