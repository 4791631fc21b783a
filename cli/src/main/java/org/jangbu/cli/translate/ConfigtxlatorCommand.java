package org.jangbu.cli.translate;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.Config;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.ledger.channel.ConfigDifference;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.MessageTypes;
import org.jangbu.model.json.Protolator;
import org.jangbu.model.json.TranslationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Messages to JSON and back, and the update between two configurations. */
@Command(
        name = "configtxlator",
        description = "Translate Fabric's messages to JSON and back; compute updates. As Fabric's tool of that name.",
        subcommands = {
            ConfigtxlatorCommand.Decode.class,
            ConfigtxlatorCommand.Encode.class,
            ConfigtxlatorCommand.ComputeUpdate.class
        })
public final class ConfigtxlatorCommand {
    private static final Protolator PROTOLATOR = new Protolator(JsonLimits.USUAL);

    /** What goes in and out. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    private abstract static class Translation implements Callable<Integer> {
        @Option(names = "--type", paramLabel = "NAME", required = true, description = "Full name, such as common.Block")
        private String type;

        @Option(names = "--input", paramLabel = "FILE", defaultValue = "-", description = "- is standard input")
        private Path input;

        @Option(names = "--output", paramLabel = "FILE", defaultValue = "-", description = "- is standard output")
        private Path output;

        @Override
        public Integer call() {
            Descriptor known = MessageTypes.named(type)
                    .orElseThrow(() -> CommandFailure.of(
                            ExitCode.USAGE,
                            "there is no message " + type + "; there are " + String.join(", ", MessageTypes.names())));
            try {
                InputFile.write(output, translated(known, InputFile.read(input)));
                return ExitCode.OK.number();
            } catch (TranslationException e) {
                throw CommandFailure.of(ExitCode.UNUSABLE, input + ": " + e.getMessage(), e);
            }
        }

        abstract ByteString translated(Descriptor known, ByteString content) throws TranslationException;
    }

    /** To JSON. */
    @Command(
            name = "proto_decode",
            description = "Show a message as JSON.",
            footer = {"", "Example:", "  jangbu configtxlator proto_decode --type common.Block --input 5.block"})
    static final class Decode extends Translation {
        @Override
        ByteString translated(Descriptor known, ByteString content) throws TranslationException {
            return ByteString.copyFromUtf8(PROTOLATOR.decode(known, content));
        }
    }

    /** From JSON. */
    @Command(
            name = "proto_encode",
            description = "Make a message from JSON. The same JSON always gives the same bytes.",
            footer = {
                "",
                "Example:",
                "  jangbu configtxlator proto_encode --type common.Config --input config.json --output config.pb"
            })
    static final class Encode extends Translation {
        @Override
        ByteString translated(Descriptor known, ByteString content) throws TranslationException {
            return PROTOLATOR.encode(known, content.toString(StandardCharsets.UTF_8));
        }
    }

    /** The update between two configurations. */
    @Command(
            name = "compute_update",
            description = "Compute the update that leads from one configuration to another.",
            footer = {
                "",
                "Example:",
                "  jangbu configtxlator compute_update --channel_id channel1 --original config.pb --updated new.pb"
                        + " --output update.pb"
            })
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class ComputeUpdate implements Callable<Integer> {
        @Option(
                names = {"--channel_id", "--channelID"},
                paramLabel = "NAME",
                required = true,
                description = "The channel that the update is for")
        private String channel;

        @Option(names = "--original", paramLabel = "FILE", required = true, description = "common.Config as it is")
        private Path original;

        @Option(names = "--updated", paramLabel = "FILE", required = true, description = "common.Config as it shall be")
        private Path updated;

        @Option(names = "--output", paramLabel = "FILE", defaultValue = "-", description = "- is standard output")
        private Path output;

        @Override
        public Integer call() {
            try {
                InputFile.write(
                        output,
                        ConfigDifference.of(
                                        new ChannelId(channel),
                                        config(original),
                                        config(updated).getChannelGroup())
                                .toByteString());
                return ExitCode.OK.number();
            } catch (ConfigUpdateException | IllegalArgumentException e) {
                throw CommandFailure.of(ExitCode.UNUSABLE, String.valueOf(e.getMessage()), e);
            }
        }

        private static Config config(Path file) {
            try {
                return Config.parseFrom(InputFile.read(file));
            } catch (InvalidProtocolBufferException e) {
                throw CommandFailure.of(ExitCode.UNUSABLE, file + " is no common.Config", e);
            }
        }
    }
}
