package org.jangbu.cli.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has an orderer join a channel. */
@Command(
        name = "join",
        description = "Have an orderer take part in the channel of a first block.",
        footer = {"", "Example:", "  jangbu osnadmin channel join --channelID channel2 --config-block channel2.block"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OrdererJoin extends ServerCommand {
    @Option(
            names = {"-b", "--config-block"},
            paramLabel = "FILE",
            required = true,
            description = "The channel's first block")
    private Path file;

    @Option(
            names = {"-c", "--channelID"},
            paramLabel = "NAME",
            description = "Refuse the block if it is of another channel")
    private @Nullable String channel;

    @Option(
            names = "--orderer",
            paramLabel = "NODE",
            description = "Which orderer, where you administer several of the server's")
    private @Nullable String orderer;

    @Override
    protected void execute() {
        Block block = block();
        Participation joined = Participation.join(connection.rest(), block, Optional.ofNullable(orderer));
        output.print(new Output.Facts()
                .with("name", joined.name())
                .with("status", joined.status())
                .with("height", joined.height()));
    }

    private Block block() {
        try {
            Block block = Block.parseFrom(InputFile.read(file));
            String name = ParsedEnvelope.parse(block.getData().getData(0))
                    .channelHeader()
                    .getChannelId();
            if (channel != null && !channel.equals(name)) {
                throw CommandFailure.of(ExitCode.USAGE, file + " is of the channel " + name);
            }
            return block;
        } catch (InvalidProtocolBufferException | MalformedEnvelopeException | IndexOutOfBoundsException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " is no channel's first block", e);
        }
    }
}
