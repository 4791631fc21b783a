package org.jangbu.cli.ledger;

import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a transaction. */
@Command(
        name = "transaction",
        description = "Show a transaction and how it ended, taken apart by the server.",
        footer = {"", "Example:", "  jangbu ledger transaction -C channel1 5f7e…"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShowTransaction extends ServerCommand {
    @Option(
            names = {"-C", "--channelID"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @Parameters(index = "0", paramLabel = "ID", description = "The transaction's id")
    private String id;

    @Override
    protected void execute() {
        JsonObject found = connection
                .rest()
                .get("channels/" + channel(channel) + "/transactions/" + checked(id))
                .object();
        output.print(JsonWriter.text(found).strip(), found);
    }

    static String checked(String id) {
        if (!id.matches("[0-9A-Za-z_-]{1,128}")) {
            throw CommandFailure.of(ExitCode.USAGE, "no transaction's id");
        }
        return id;
    }
}
