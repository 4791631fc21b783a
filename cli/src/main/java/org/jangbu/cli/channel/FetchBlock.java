package org.jangbu.cli.channel;

import java.nio.file.Path;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.ChannelId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a block. */
@Command(
        name = "fetch",
        description = "Fetch a block and write it to a file.",
        footer = {
            "",
            "Example:",
            "  jangbu channel fetch config config.block -c channel1",
            "  jangbu configtxlator proto_decode --type common.Block --input config.block"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FetchBlock extends ServerCommand {
    @Parameters(
            index = "0",
            paramLabel = "WHICH",
            description = "newest, oldest, config (the block of the configuration in force) or a number")
    private String which;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to; else <channel>_<which>.block")
    private @Nullable Path file;

    @Option(
            names = {"-c", "-C", "--channelID", "--channel-id"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @Override
    protected void execute() {
        ChannelId id = channel(channel);
        Block block = block(new Blocks(connection.rest(), id));
        Path target = file == null ? Path.of(id + "_" + which + ".block") : file;
        InputFile.write(target, block.toByteString());
        if (!target.toString().equals("-")) {
            output.print(new Output.Facts()
                    .with("block", block.getHeader().getNumber())
                    .with("file", target.toString()));
        }
    }

    private Block block(Blocks blocks) {
        return switch (which) {
            case "newest" -> blocks.newest();
            case "oldest" -> blocks.block(0);
            case "config" -> blocks.configuration();
            default -> blocks.block(number());
        };
    }

    private long number() {
        try {
            return Long.parseUnsignedLong(which);
        } catch (NumberFormatException e) {
            throw CommandFailure.of(ExitCode.USAGE, "newest, oldest, config or a number, not " + which, e);
        }
    }
}
