package org.jangbu.cli.channel;

import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import org.jangbu.model.json.JsonValue.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells a channel's height and newest hashes. */
@Command(
        name = "getinfo",
        description = "Tell a channel's height and the hashes of its newest block.",
        footer = {"", "Example:", "  jangbu channel getinfo -c channel1"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public class GetInfo extends ServerCommand {
    @Option(
            names = {"-c", "-C", "--channelID", "--channel-id"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @Override
    protected void execute() {
        JsonObject info = connection.rest().get("channels/" + channel(channel)).object();
        Output.Facts facts = new Output.Facts()
                .with("height", RestAnswer.number(info, "height"))
                .with("currentBlockHash", RestAnswer.required(info, "currentBlockHash"));
        RestAnswer.text(info, "previousBlockHash").ifPresent(hash -> facts.with("previousBlockHash", hash));
        output.print(facts);
    }
}
