package org.jangbu.cli.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.Yaml;

/**
 * Where a setting comes from: the option, else the environment, else the file of the connection. Paths in that file are relative to it.
 */
final class Settings {
    private static final String[] NAMES = {
        "server", "tlsCa", "user", "passwordFile", "mspDir", "mspId", "peer", "timeout"
    };

    private final Function<String, Optional<String>> environment;
    private final Optional<Yaml> file;
    private final Path folder;

    Settings(Function<String, Optional<String>> environment, Optional<Path> connection) {
        this.environment = environment;
        Optional<Path> named =
                connection.or(() -> environment.apply("JANGBU_CONNECTION").map(Path::of));
        this.file = named.map(Yaml::read).map(yaml -> yaml.only(NAMES));
        this.folder = named.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    }

    Optional<String> text(Optional<String> option, String variable, String name) {
        return option.or(() -> environment.apply(variable)).or(() -> file.flatMap(yaml -> yaml.text(name)));
    }

    Optional<Path> path(Optional<Path> option, String variable, String name) {
        return option.or(() -> environment.apply(variable).map(Path::of))
                .or(() -> file.flatMap(yaml -> yaml.text(name)).map(folder::resolve));
    }

    Duration seconds(Optional<Integer> option, String variable, String name, int otherwise) {
        Optional<String> text = text(option.map(String::valueOf), variable, name);
        try {
            int seconds = text.map(Integer::parseInt).orElse(otherwise);
            if (seconds < 1 || seconds > 3600) {
                throw new NumberFormatException(text.orElse(""));
            }
            return Duration.ofSeconds(seconds);
        } catch (NumberFormatException e) {
            throw CommandFailure.of(ExitCode.USAGE, "the timeout must be 1 to 3600 seconds", e);
        }
    }

    Optional<String> environment(String variable) {
        return environment.apply(variable);
    }
}
