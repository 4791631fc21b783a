package org.jangbu.cli.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.InputFile;
import org.jangbu.cli.run.Terminal;

/** Passwords come from a file, from the environment or from whoever sits there; never from the command line, which others can see. */
public final class Secrets {
    private Secrets() {}

    /** The secret from the file, else of the variable, else asked for. */
    public static String read(Optional<Path> file, Optional<String> variable, String prompt) {
        return file.map(Secrets::fromFile).or(() -> variable).orElseGet(() -> ask(prompt));
    }

    /** The first line of a file. */
    public static String fromFile(Path file) {
        String text = InputFile.read(file).toString(StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw CommandFailure.of(ExitCode.UNUSABLE, file + " holds no password");
        }
        return line;
    }

    private static String ask(String prompt) {
        return Terminal.console()
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s: ", prompt)))
                .filter(typed -> typed.length > 0)
                .map(String::new)
                .orElseThrow(() -> CommandFailure.of(
                        ExitCode.USAGE, "a password is needed: name a file, set the variable or run it on a terminal"));
    }
}
