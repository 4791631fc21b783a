package org.jangbu.cli.server;

import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.LedgerCommand;
import org.jangbu.model.ChannelId;
import picocli.CommandLine.Mixin;

/** A command that speaks to the server. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public abstract class ServerCommand extends LedgerCommand {
    @Mixin
    protected Connection connection;

    /** The channel of that name. */
    protected static ChannelId channel(String name) {
        try {
            return new ChannelId(name);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, "no channel's name: " + e.getMessage(), e);
        }
    }
}
