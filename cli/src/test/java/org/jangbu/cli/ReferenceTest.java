package org.jangbu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.Connection;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference says what the program's own help says; {@code -Djangbu.cli.reference=write} writes it anew. */
class ReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/reference/cli.md");
    private static final String START = "<!-- What follows is the program's own help; a test keeps it so. -->\n";

    @Test
    void the_reference_is_what_the_help_says() throws Exception {
        String present = Files.readString(REFERENCE);
        String kept = present.substring(0, present.indexOf(START) + START.length());
        String wanted = kept + commands();
        if ("write".equals(System.getProperty("jangbu.cli.reference"))) {
            Files.writeString(REFERENCE, wanted);
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(wanted);
    }

    private static String commands() {
        Set<String> shared = new TreeSet<>(names(Connection.class));
        shared.addAll(names(Output.class));
        StringBuilder text = new StringBuilder("\n## Connection\n\n| option | |\n|---|---|\n");
        mixin(Connection.class).forEach(option -> row(text, option));
        mixin(Output.class).forEach(option -> row(text, option));
        List<CommandLine> leaves = CommandsTest.leaves(Jangbu.commandLine()).stream()
                .filter(leaf -> !leaf.getCommandSpec().qualifiedName().contains("lifecycle"))
                .sorted(Comparator.comparing(leaf -> leaf.getCommandSpec().qualifiedName()))
                .toList();
        for (CommandLine leaf : leaves) {
            command(text, leaf.getCommandSpec(), shared);
        }
        return text.toString();
    }

    private static void command(StringBuilder text, CommandSpec spec, Set<String> shared) {
        boolean connected = spec.findOption("--server") != null;
        text.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        text.append(String.join(" ", spec.usageMessage().description()));
        text.append(connected ? " Takes the options of the connection.\n" : "\n");
        List<ArgSpec> own = spec.args().stream()
                .filter(argument -> !(argument instanceof OptionSpec option)
                        || (!option.usageHelp() && !shared.contains(option.longestName()))
                        || (option.longestName().equals("--output")
                                && !option.shortestName().equals("-O")))
                .toList();
        if (!own.isEmpty()) {
            text.append("\n| | |\n|---|---|\n");
            own.forEach(argument -> row(text, argument));
        }
        if (spec.usageMessage().footer().length > 2) {
            text.append("\n```\n");
            for (String line : spec.usageMessage().footer()) {
                if (!line.isEmpty() && !line.equals("Example:")) {
                    text.append(line.startsWith("  ") ? line.substring(2) : line)
                            .append('\n');
                }
            }
            text.append("```\n");
        }
    }

    private static void row(StringBuilder text, ArgSpec argument) {
        String name = argument instanceof OptionSpec option
                ? String.join(", ", option.names()) + (option.arity().max() > 0 ? " " + option.paramLabel() : "")
                : ((PositionalParamSpec) argument).paramLabel();
        String description = String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
                .replace("|", "\\|");
        text.append("| `")
                .append(name)
                .append("`")
                .append(argument.required() && argument.defaultValue() == null ? " (required)" : "")
                .append(" | ")
                .append(description)
                .append(" |\n");
    }

    private static List<OptionSpec> mixin(Class<?> type) {
        try {
            return CommandSpec.forAnnotatedObject(type.getConstructor().newInstance())
                    .options();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static List<String> names(Class<?> type) {
        return mixin(type).stream().map(OptionSpec::longestName).toList();
    }
}
