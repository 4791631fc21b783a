package org.jangbu.cli.channel;

import java.util.List;
import java.util.Optional;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;

/** Lists channels. */
@Command(
        name = "list",
        description = "List the channels that you may read, or with --peer those that this peer has joined.",
        footer = {"", "Example:", "  jangbu channel list --peer peer0.org1.example.com -O json"})
final class ListChannels extends ServerCommand {
    @Override
    protected void execute() {
        Optional<String> peer = connection.peerName();
        List<String> channels = peer.isPresent() ? joinedBy(peer.get()) : readable();
        output.print(
                String.join(System.lineSeparator(), channels),
                new Output.Facts().with("channels", channels).json());
    }

    private List<String> readable() {
        return RestAnswer.objects(connection.rest().get("channels").object(), "channels").stream()
                .map(channel -> RestAnswer.required(channel, "channel"))
                .toList();
    }

    private List<String> joinedBy(String peer) {
        return RestAnswer.objects(connection.rest().get("peers").object(), "peers").stream()
                .filter(found -> RestAnswer.required(found, "name").equals(peer))
                .findFirst()
                .map(found -> RestAnswer.texts(found, "channels"))
                .orElseThrow(() -> CommandFailure.of(
                        ExitCode.REFUSED, "there is no peer " + peer + " of your organisation on this server"));
    }
}
