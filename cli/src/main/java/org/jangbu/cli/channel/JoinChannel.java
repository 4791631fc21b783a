package org.jangbu.cli.channel;

import java.nio.file.Path;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a peer join a channel. */
@Command(
        name = "join",
        description = "Have a peer join the channel of a first block. It catches up from block 0.",
        footer = {"", "Example:", "  jangbu channel join -b channel2.block --peer peer0.org2.example.com"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class JoinChannel extends ServerCommand {
    @Option(
            names = {"-b", "--blockpath"},
            paramLabel = "FILE",
            required = true,
            description = "The channel's first block")
    private Path block;

    @Override
    protected void execute() {
        String peer = connection.requiredPeer();
        JsonObject joined = connection
                .rest()
                .post("peers/" + peer + "/channels", InputFile.read(block).toByteArray())
                .object();
        output.print(new Output.Facts()
                .with("peer", RestAnswer.required(joined, "peer"))
                .with("channel", RestAnswer.required(joined, "channel")));
    }
}
