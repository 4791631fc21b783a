package org.jangbu.cli.chaincode;

import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import picocli.CommandLine.Option;

/** Which chaincode of which channel. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChaincodeOptions {
    @Option(
            names = {"-C", "--channelID"},
            paramLabel = "NAME",
            required = true,
            description = "The channel")
    private String channel;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            required = true,
            description = "The chaincode")
    private String name;

    ChannelId channel() {
        try {
            return new ChannelId(channel);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, "no channel's name: " + e.getMessage(), e);
        }
    }

    ChaincodeName name() {
        try {
            return new ChaincodeName(name);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
