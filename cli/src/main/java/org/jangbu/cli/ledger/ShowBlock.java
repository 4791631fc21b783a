package org.jangbu.cli.ledger;

import java.nio.file.Path;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.cli.channel.Blocks;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.ChannelId;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.Protolator;
import org.jangbu.model.json.TranslationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a block. */
@Command(
        name = "block",
        description = "Show a block as JSON, in the form of configtxlator.",
        footer = {"", "Example:", "  jangbu ledger block -C channel1 --number 5"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShowBlock extends ServerCommand {
    @Option(
            names = {"-C", "--channelID"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--block-file", paramLabel = "FILE", description = "Write the block's bytes there too")
    private @Nullable Path file;

    /** One of three. */
    static final class Which {
        @Option(names = "--number", paramLabel = "NUMBER", description = "By its number")
        private @Nullable Long number;

        @Option(names = "--hash", paramLabel = "HEX", description = "By the hash of its header")
        private @Nullable String hash;

        @Option(names = "--tx-id", paramLabel = "ID", description = "By a transaction in it")
        private @Nullable String transaction;
    }

    @Override
    protected void execute() {
        ChannelId id = channel(channel);
        Block block = new Blocks(connection.rest(), id).block(number(id));
        if (file != null) {
            InputFile.write(file, block.toByteString());
        }
        try {
            String json = new Protolator(JsonLimits.USUAL).decode(Block.getDescriptor(), block.toByteString());
            JsonValue value = JsonReader.read(json, JsonLimits.USUAL);
            output.print(json.strip(), value);
        } catch (TranslationException | JsonSyntaxException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the block cannot be shown: " + e.getMessage(), e);
        }
    }

    private long number(ChannelId id) {
        if (which.number != null) {
            return which.number;
        }
        String path = "channels/" + id;
        if (which.hash != null) {
            if (!which.hash.matches("[0-9a-fA-F]{1,128}")) {
                throw CommandFailure.of(ExitCode.USAGE, "a hash is hexadecimal digits");
            }
            return RestAnswer.number(
                    connection.rest().get(path + "/blocks?hash=" + which.hash).object(), "number");
        }
        String transaction = ShowTransaction.checked(String.valueOf(which.transaction));
        return RestAnswer.number(
                connection.rest().get(path + "/transactions/" + transaction).object(), "blockNumber");
    }
}
