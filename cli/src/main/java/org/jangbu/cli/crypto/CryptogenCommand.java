package org.jangbu.cli.crypto;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.msp.cryptogen.Cryptogen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Crypto material of a whole network, for trials. */
@Command(
        name = "cryptogen",
        description = "Make certificates and keys of organisations, as Fabric's tool of that name.",
        subcommands = {CryptogenCommand.Generate.class, CryptogenCommand.ShowTemplate.class})
public final class CryptogenCommand {
    /** Makes it. */
    @Command(
            name = "generate",
            description = "Make what a description says. All or nothing; nothing is overwritten.",
            footer = {"", "Example:", "  jangbu cryptogen generate --config crypto-config.yaml --output organizations"})
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Generate implements Callable<Integer> {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "The description; that of showtemplate unless told")
        private @Nullable Path config;

        @Option(names = "--output", paramLabel = "FOLDER", description = "Not there yet; crypto-config unless told")
        private @Nullable Path folder;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            List<String> arguments = new ArrayList<>(List.of("generate"));
            if (config != null) {
                arguments.add("--config=" + config);
            }
            if (folder != null) {
                arguments.add("--output=" + folder);
            }
            return run(spec, arguments);
        }
    }

    /** Shows how a description looks. */
    @Command(
            name = "showtemplate",
            description = "Print an example of a description.",
            footer = {"", "Example:", "  jangbu cryptogen showtemplate > crypto-config.yaml"})
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class ShowTemplate implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            return run(spec, List.of("showtemplate"));
        }
    }

    private static int run(CommandSpec spec, List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream failure = new ByteArrayOutputStream();
        int status = Cryptogen.run(
                arguments,
                new PrintStream(said, true, StandardCharsets.UTF_8),
                new PrintStream(failure, true, StandardCharsets.UTF_8));
        PrintWriter out = spec.commandLine().getOut();
        out.print(said.toString(StandardCharsets.UTF_8));
        out.flush();
        if (status != 0) {
            throw CommandFailure.of(
                    ExitCode.UNUSABLE, failure.toString(StandardCharsets.UTF_8).strip());
        }
        return ExitCode.OK.number();
    }
}
