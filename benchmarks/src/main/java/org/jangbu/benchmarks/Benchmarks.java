package org.jangbu.benchmarks;

import org.jangbu.benchmarks.channels.ChannelsCommand;
import org.jangbu.benchmarks.contracts.ContractsCommand;
import org.jangbu.benchmarks.signatures.SignaturesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be measured of a network. */
@Command(
        name = "jangbu-benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures a Jangbu network, or a part of it. Every run is bounded in time and in count.",
        subcommands = {
            LoadCommand.class,
            CatchUpCommand.class,
            ChannelsCommand.class,
            SignaturesCommand.class,
            ContractsCommand.class
        })
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs the command that the arguments name; ends with 1 if something failed, with 2 for wrong arguments. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }
}
