package org.jangbu.cli.channel;

import java.nio.file.Path;
import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands in an update of a consortium. */
@Command(
        name = "update",
        description = "Hand in an update of the consortium that its members have signed. It is in force at once.",
        footer = {"", "Example:", "  jangbu consortium update -f org3.pb"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpdateConsortium extends ServerCommand {
    @Mixin
    private ConsortiumOfOrderer consortium;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The update, with the signatures gathered so far")
    private Path file;

    @Override
    protected void execute() {
        byte[] update = UpdateFile.read(file).unsent().toByteArray();
        output.print(ConsortiumOfOrderer.facts(
                connection.rest().post(consortium.path("/updates"), update).object()));
    }
}
