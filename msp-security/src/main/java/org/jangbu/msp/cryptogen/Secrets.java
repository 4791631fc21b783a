package org.jangbu.msp.cryptogen;

import java.io.Console;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a command has its secrets from: an environment variable or, if that is not set, the console. Never an argument: those can be read by
 * every process of the machine and stay in the shell's history.
 */
final class Secrets {
    private static final int LONGEST = 1024;

    private final Map<String, String> environment;
    private final Function<String, Optional<String>> console;

    /** @param console asks with a text and does not show the answer; nothing if there is nobody to ask */
    Secrets(Map<String, String> environment, Function<String, Optional<String>> console) {
        this.environment = environment;
        this.console = console;
    }

    static Secrets ofThisProcess() {
        return new Secrets(System.getenv(), Secrets::ask);
    }

    @SuppressWarnings(
            "SystemConsoleNull") // null on Java 17; later ones, without a terminal, answer at the end of the input with
    // nothing
    private static Optional<String> ask(String prompt) {
        Console console = System.console();
        return console == null
                ? Optional.empty()
                : Optional.ofNullable(console.readPassword("%s: ", prompt)).map(String::new);
    }

    /** @throws IOException if there is none, it is empty or too long, or the two answers differ */
    String read(String variable, String what) throws IOException {
        String secret = environment.getOrDefault(variable, "");
        if (secret.isEmpty()) {
            secret = console.apply(what)
                    .orElseThrow(() -> new IOException(variable + " is not set, and there is no console to ask at"));
            if (!console.apply(what + ", again").equals(Optional.of(secret))) {
                throw new IOException("the two answers differ");
            }
        }
        if (secret.isEmpty() || secret.length() > LONGEST) {
            throw new IOException("a secret has 1 to " + LONGEST + " characters");
        }
        return secret;
    }
}
