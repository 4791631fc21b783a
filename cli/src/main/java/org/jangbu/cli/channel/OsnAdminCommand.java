package org.jangbu.cli.channel;

import picocli.CommandLine.Command;

/** What administrators of orderers do. */
@Command(
        name = "osnadmin",
        description = "Have an orderer take part in channels.",
        subcommands = OsnAdminCommand.OrdererChannels.class)
public final class OsnAdminCommand {
    /** An orderer's channels. */
    @Command(
            name = "channel",
            description = "The channels of an orderer.",
            subcommands = {OrdererJoin.class, OrdererList.class, OrdererRemove.class})
    static final class OrdererChannels {}
}
