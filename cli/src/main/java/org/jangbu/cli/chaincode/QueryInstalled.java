package org.jangbu.cli.chaincode;

import java.util.List;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import picocli.CommandLine.Command;

/** Lists what is installed on a peer. */
@Command(
        name = "queryinstalled",
        description = "List the packages that are installed on a peer of your organisation.",
        footer = {"", "Example:", "  jangbu chaincode queryinstalled --peer peer0.org1.example.com"})
final class QueryInstalled extends ServerCommand {
    private record Installed(String id, String label) {}

    @Override
    protected void execute() {
        List<Installed> found = connection.ownKey().isPresent() ? withOwnKey() : managed();
        List<JsonValue> json = found.stream()
                .map(one -> (JsonValue) new Output.Facts()
                        .with("package_id", one.id())
                        .with("label", one.label())
                        .json())
                .toList();
        output.print(
                String.join(
                        System.lineSeparator(),
                        found.stream()
                                .map(one -> "Package ID: " + one.id() + ", Label: " + one.label())
                                .toList()),
                new Output.Facts()
                        .with("installed_chaincodes", new JsonArray(json))
                        .json());
    }

    private List<Installed> withOwnKey() {
        return new Lifecycle(connection)
                        .askPeer(
                                "QueryInstalledChaincodes",
                                QueryInstalledChaincodesArgs.getDefaultInstance(),
                                QueryInstalledChaincodesResult.parser())
                        .getInstalledChaincodesList()
                        .stream()
                        .map(one -> new Installed(one.getPackageId(), one.getLabel()))
                        .toList();
    }

    private List<Installed> managed() {
        return RestAnswer.objects(
                        connection
                                .rest()
                                .get("peers/" + connection.requiredPeer() + "/packages")
                                .object(),
                        "packages")
                .stream()
                .map(one -> new Installed(RestAnswer.required(one, "packageId"), RestAnswer.required(one, "label")))
                .toList();
    }
}
