package org.jangbu.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jangbu.cli.run.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Completion for shells. */
@Command(
        name = "generate-completion",
        description = "Print a script that completes commands and options in bash and zsh.",
        footer = {"", "Example:", "  source <(jangbu generate-completion)"})
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("jangbu", spec.root().commandLine()));
        out.flush();
        return ExitCode.OK.number();
    }
}
