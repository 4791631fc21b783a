package org.jangbu.cli.channel;

import org.jangbu.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells about the consortium. */
@Command(
        name = "info",
        description = "Name, members and rules of an orderer's consortium.",
        footer = {"", "Example:", "  jangbu consortium info --msp-dir admin/msp --msp-id Org1MSP"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConsortiumInfo extends ServerCommand {
    @Mixin
    private ConsortiumOfOrderer consortium;

    @Override
    protected void execute() {
        output.print(ConsortiumOfOrderer.facts(
                connection.rest().get(consortium.path("")).object()));
    }
}
