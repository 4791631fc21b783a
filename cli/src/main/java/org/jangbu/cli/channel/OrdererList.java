package org.jangbu.cli.channel;

import java.util.Optional;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists an orderer's channels. */
@Command(
        name = "list",
        description = "List an orderer's channels, or tell about one. What Fabric's orderer would answer, in its JSON.",
        footer = {"", "Example:", "  jangbu osnadmin channel list --channelID channel2"})
final class OrdererList extends ServerCommand {
    @Option(
            names = {"-c", "--channelID"},
            paramLabel = "NAME",
            description = "The channel; all of them unless told")
    private @Nullable String channel;

    @Option(
            names = "--orderer",
            paramLabel = "NODE",
            description = "Which orderer, where you administer several of the server's")
    private @Nullable String orderer;

    @Override
    protected void execute() {
        Optional<String> node = Optional.ofNullable(orderer);
        JsonObject answer = channel == null
                ? Participation.list(connection.rest(), node)
                : Participation.one(connection.rest(), channel(channel).value(), node);
        output.print(JsonWriter.text(answer).strip(), answer);
    }
}
