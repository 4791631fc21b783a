package org.jangbu.cli.channel;

import picocli.CommandLine.Command;

/** All about channels. */
@Command(
        name = "channel",
        description = "Create, join, list and look at channels, and change their configuration.",
        subcommands = {
            CreateChannel.class,
            JoinChannel.class,
            ListChannels.class,
            FetchBlock.class,
            SignConfigTx.class,
            UpdateChannel.class,
            GetInfo.class
        })
public final class ChannelCommand {}
