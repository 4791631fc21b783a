package org.jangbu.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * What the command line says.
 *
 * @param runFolder holds the server, the database, the network and their data
 * @param portOffset added to the server's ports 8080, 8443 and 9990
 * @param postgresPort where the quick start's own PostgreSQL listens
 * @param empty make a network in which no channel has been founded yet
 * @param once stop after the demonstration instead of serving until Ctrl-C
 * @param jvmArguments for the server's virtual machine
 */
record Options(
        Path runFolder, int portOffset, int postgresPort, boolean empty, boolean once, List<String> jvmArguments) {
    static final String USAGE = """
            Usage: java -jar ear/quickstart/target/jangbu-quickstart.jar [options]
              --run-folder=FOLDER    where everything is kept (default: run, in the project's folder)
              --port-offset=N        moves the server's ports 8080, 8443 and 9990 by N (default: 0)
              --postgres-port=N      port of the quick start's own PostgreSQL (default: 15432)
              --server-jvm=ARGUMENT  one more argument for the server's virtual machine, for example -Xmx4g; may be repeated
              --empty                nodes and a consortium, no channel, contract or payment yet; counts when the network is made
              --once                 stop after the demonstration instead of serving until Ctrl-C
              --help                 this text
            A PostgreSQL of your own is used in place of the quick start's if the environment holds JANGBU_DB_URL, JANGBU_DB_USER and JANGBU_DB_PASSWORD.
            """;

    private static final int HIGHEST_OFFSET = 50_000;
    private static final int HIGHEST_PORT = 65_535;

    static Options parse(String[] arguments, Path projectFolder) throws QuickStartException {
        Path runFolder = projectFolder.resolve("run");
        int portOffset = 0;
        int postgresPort = 15_432;
        boolean empty = false;
        boolean once = false;
        List<String> jvmArguments = new ArrayList<>();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.replaceFirst("=.*", "")) {
                case "--run-folder" -> runFolder = Path.of(value).toAbsolutePath();
                case "--port-offset" -> portOffset = number(argument, value, HIGHEST_OFFSET);
                case "--postgres-port" -> postgresPort = number(argument, value, HIGHEST_PORT);
                case "--server-jvm" -> jvmArguments.add(value);
                case "--empty" -> empty = true;
                case "--once" -> once = true;
                default -> throw new QuickStartException("Unknown option " + argument + "\n" + USAGE);
            }
        }
        return new Options(runFolder, portOffset, postgresPort, empty, once, List.copyOf(jvmArguments));
    }

    private static int number(String argument, String value, int highest) throws QuickStartException {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > highest) {
            throw new QuickStartException(argument + ": a number from 0 to " + highest + " is expected\n" + USAGE);
        }
        return Integer.parseInt(value);
    }
}
