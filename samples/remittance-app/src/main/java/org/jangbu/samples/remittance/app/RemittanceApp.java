package org.jangbu.samples.remittance.app;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command line. Ends with status 0 when it was done, 1 when the contract or the ledger refused it, 2 when it was called wrongly, 3 when the server could
 * not be asked.
 */
@Command(
        name = "remittance",
        mixinStandardHelpOptions = true,
        description = "Opens accounts of whole won, pays from one to another, shows balances.",
        subcommandsRepeatable = false)
@SuppressWarnings({"NullAway.Init", "UnusedMethod"}) // picocli sets the fields and finds the commands
public final class RemittanceApp {
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 3;
    private static final String PASSWORD = "REMITTANCE_PASSWORD";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the server (default: ${DEFAULT-VALUE})")
    private URI server;

    @Option(names = "--channel", defaultValue = "channel1", description = "channel (default: ${DEFAULT-VALUE})")
    private String channel;

    @Option(
            names = "--chaincode",
            defaultValue = "remittance",
            description = "name under which the contract is defined (default: ${DEFAULT-VALUE})")
    private String chaincode;

    @Option(
            names = "--user",
            required = true,
            description = "who calls; the password is taken from " + PASSWORD + " or asked for")
    private String user;

    private RemittanceApp() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new RemittanceApp()).setExecutionExceptionHandler(RemittanceApp::failed);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof RefusedException) {
            command.getErr().println(failure.getMessage());
            return REFUSED;
        }
        if (failure instanceof IOException) {
            command.getErr().println("The server cannot be asked: " + failure);
            return UNREACHABLE;
        }
        throw failure;
    }

    @Command(description = "Open an account with a first balance.")
    int open(@Parameters(paramLabel = "ACCOUNT") String account, @Parameters(paramLabel = "WON") String amount)
            throws IOException, InterruptedException, RefusedException {
        return tell("opened, transaction " + contract().submit("open", account, amount));
    }

    @Command(description = "Pay from one account to another.")
    int pay(
            @Parameters(paramLabel = "FROM") String from,
            @Parameters(paramLabel = "TO") String to,
            @Parameters(paramLabel = "WON") String amount)
            throws IOException, InterruptedException, RefusedException {
        return tell("paid, transaction " + contract().submit("transfer", from, to, amount));
    }

    @Command(description = "The balance of an account.")
    int balance(@Parameters(paramLabel = "ACCOUNT") String account)
            throws IOException, InterruptedException, RefusedException {
        return tell(contract().evaluate("balance", account));
    }

    @Command(description = "The past of an account, newest first, as JSON.")
    int history(@Parameters(paramLabel = "ACCOUNT") String account)
            throws IOException, InterruptedException, RefusedException {
        return tell(contract().evaluate("history", account));
    }

    private int tell(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        return 0;
    }

    private RemittanceContract contract() {
        return new RemittanceContract(server, channel, chaincode, user, password(System.getenv(PASSWORD)));
    }

    @SuppressWarnings("SystemConsoleNull") // before Java 22 there is none where no terminal is
    private String password(@Nullable String fromEnvironment) {
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw new ParameterException(
                    spec.commandLine(), "There is no terminal to ask for a password: set " + PASSWORD);
        }
        return new String(typed);
    }
}
