package org.jangbu.cli.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestServer;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Hands in an update of a configuration and waits until it is in force. */
@Command(
        name = "update",
        description = "Hand in an update of a configuration, with your signature added, and wait until it is in force.",
        footer = {"", "Example:", "  jangbu channel update -f update.pb -c channel1"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpdateChannel extends ServerCommand {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The update, with the signatures gathered so far")
    private Path file;

    @Option(
            names = {"-c", "-C", "--channelID", "--channel-id"},
            paramLabel = "NAME",
            description = "Refuse the file if it is for another channel")
    private @Nullable String channel;

    @Option(names = "--no-wait", description = "End when the orderer has taken it")
    private boolean noWait;

    @Override
    protected void execute() {
        UpdateFile update = UpdateFile.read(file).signed(connection);
        if (channel != null && !channel(channel).equals(update.channel())) {
            throw CommandFailure.of(ExitCode.USAGE, file + " is for the channel " + update.channel());
        }
        RestServer rest = connection.rest();
        Blocks blocks = new Blocks(rest, update.channel());
        Block before = blocks.configuration();
        send(rest, update);
        Output.Facts facts = new Output.Facts().with("channel", update.channel().value());
        if (noWait) {
            output.print(facts.with("accepted", true));
            return;
        }
        output.progress("handed in; waiting until it is in force");
        Block after = awaitNext(blocks, before.getHeader().getNumber());
        if (!lastUpdate(after).equals(update.update())) {
            throw CommandFailure.of(
                    ExitCode.REFUSED,
                    "another update of the same configuration came first; make this one anew from what is in force now");
        }
        output.print(facts.with("sequence", configuration(after).getSequence())
                .with("block", after.getHeader().getNumber()));
    }

    private void send(RestServer rest, UpdateFile update) {
        Optional<KeySigningIdentity> key = connection.ownKey();
        String path = "channels/" + update.channel();
        if (key.isPresent()) {
            rest.post(path + "/envelopes", update.sentBy(key.get(), connection).toByteArray());
        } else {
            rest.post(path + "/config/updates", body(update));
        }
    }

    private static String body(UpdateFile update) {
        List<JsonValue> signatures = new ArrayList<>();
        for (ConfigSignature signature : update.signatures()) {
            signatures.add(new JsonObject(Map.of("base64", base64(signature.toByteString()))));
        }
        return JsonWriter.text(
                new JsonObject(Map.of("update", base64(update.update()), "signatures", new JsonArray(signatures))));
    }

    private static JsonValue base64(ByteString bytes) {
        return new JsonText(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    private Block awaitNext(Blocks blocks, long before) {
        long end = System.nanoTime() + connection.patience().toNanos();
        while (true) {
            Block now = blocks.configuration();
            if (now.getHeader().getNumber() != before) {
                return now;
            }
            if (System.nanoTime() > end) {
                throw CommandFailure.of(
                        ExitCode.UNKNOWN_OUTCOME, "the update was taken, but was not seen in force in time");
            }
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.of(ExitCode.UNKNOWN_OUTCOME, "interrupted while waiting", e);
            }
        }
    }

    private static Config configuration(Block block) {
        return content(block).getConfig();
    }

    private static ByteString lastUpdate(Block block) {
        try {
            Payload payload = Payload.parseFrom(content(block).getLastUpdate().getPayload());
            return ConfigUpdateEnvelope.parseFrom(payload.getData()).getConfigUpdate();
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(block, e);
        }
    }

    private static ConfigEnvelope content(Block block) {
        try {
            Payload payload = Payload.parseFrom(
                    Envelope.parseFrom(block.getData().getData(0)).getPayload());
            return ConfigEnvelope.parseFrom(payload.getData());
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw unreadable(block, e);
        }
    }

    private static CommandFailure unreadable(Block block, Exception cause) {
        return CommandFailure.of(
                ExitCode.UNUSABLE, "block " + block.getHeader().getNumber() + " holds no configuration", cause);
    }
}
