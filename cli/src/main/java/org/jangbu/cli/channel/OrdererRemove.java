package org.jangbu.cli.channel;

import java.util.Optional;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has an orderer leave a channel. */
@Command(
        name = "remove",
        description = "Have an orderer leave a channel and forget its blocks.",
        footer = {"", "Example:", "  jangbu osnadmin channel remove --channelID channel2"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OrdererRemove extends ServerCommand {
    @Option(
            names = {"-c", "--channelID"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @Option(
            names = "--orderer",
            paramLabel = "NODE",
            description = "Which orderer, where you administer several of the server's")
    private @Nullable String orderer;

    @Override
    protected void execute() {
        Participation.remove(connection.rest(), channel(channel).value(), Optional.ofNullable(orderer));
        output.print(new Output.Facts().with("removed", channel));
    }
}
