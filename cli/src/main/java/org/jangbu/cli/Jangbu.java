package org.jangbu.cli;

import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jangbu.cli.ca.CaCommand;
import org.jangbu.cli.chaincode.ChaincodeCommand;
import org.jangbu.cli.channel.ChannelCommand;
import org.jangbu.cli.channel.ConsortiumCommand;
import org.jangbu.cli.channel.OsnAdminCommand;
import org.jangbu.cli.crypto.CryptogenCommand;
import org.jangbu.cli.crypto.DecryptCommand;
import org.jangbu.cli.crypto.EncryptCommand;
import org.jangbu.cli.ledger.LedgerQueries;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.Output.Facts;
import org.jangbu.cli.translate.ConfigtxlatorCommand;
import org.jangbu.model.json.JsonWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: finds the command, runs it, and turns what goes wrong into one line and an exit code. */
public final class Jangbu {
    private Jangbu() {}

    /** Says which build this is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Jangbu.class.getPackage().getImplementationVersion();
            return new String[] {"jangbu " + (version == null ? "(unpacked)" : version)};
        }
    }

    /** Runs one command and ends with its exit code. */
    public static void main(String[] arguments) {
        // What libraries log is for servers; here the command speaks.
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(commandLine().execute(arguments));
    }

    /** All commands. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Top());
        line.setExecutionExceptionHandler((failure, command, parsed) -> ended(failure, command));
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    private static int ended(Exception failure, CommandLine command) {
        CommandFailure known = failure instanceof CommandFailure found
                ? found
                : CommandFailure.of(ExitCode.FAULT, "this program failed: " + failure, failure);
        PrintWriter err = command.getErr();
        if (wantsJson(command)) {
            Facts facts = new Facts().with("error", String.valueOf(known.getMessage()));
            facts.with("exitCode", known.code().number());
            known.details().forEach(facts::with);
            err.print(JsonWriter.text(facts.json()));
        } else {
            err.println("jangbu: " + known.getMessage());
        }
        if (known.code() == ExitCode.FAULT) {
            failure.printStackTrace(err);
        }
        err.flush();
        return known.code().number();
    }

    private static boolean wantsJson(CommandLine command) {
        return command.getParseResult().hasMatchedOption("--output")
                && "json".equalsIgnoreCase(String.valueOf((Object)
                        command.getParseResult().matchedOptionValue("--output", "")));
    }

    /** The commands' tree. */
    @Command(
            name = "jangbu",
            versionProvider = Version.class,
            description = "Works with a ledger: channels, chaincodes, blocks, keys and certificates.",
            subcommands = {
                ChannelCommand.class,
                OsnAdminCommand.class,
                ConsortiumCommand.class,
                ChaincodeCommand.class,
                ChaincodeCommand.LifecycleCommand.class,
                LedgerQueries.class,
                ConfigtxlatorCommand.class,
                CryptogenCommand.class,
                CaCommand.class,
                EncryptCommand.class,
                DecryptCommand.class,
                CompletionCommand.class
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                " 0:done",
                " 1:refused by the other side, which said why",
                " 2:the command was not understood",
                " 3:the server cannot be reached, is not trusted or not ready; nothing was changed",
                " 4:a file, a key or an answer cannot be used",
                " 5:handed in, but how it ended was not seen in time",
                "70:this program failed"
            })
    @SuppressWarnings("UnusedVariable") // picocli answers these two itself
    static final class Top {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                scope = ScopeType.INHERIT,
                description = "Show how it is used")
        private boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show which build this is")
        private boolean version;
    }
}
