package org.jangbu.cli.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command cannot go on. The message is for whoever typed it. */
public final class CommandFailure extends RuntimeException {
    private final ExitCode code;
    private final transient Map<String, String> details = new LinkedHashMap<>();

    private CommandFailure(ExitCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public static CommandFailure of(ExitCode code, String message) {
        return new CommandFailure(code, message, null);
    }

    public static CommandFailure of(ExitCode code, String message, Throwable cause) {
        return new CommandFailure(code, message, cause);
    }

    /** Adds something for programs to read, such as the problem's code or the transaction's id. */
    public CommandFailure with(String name, String value) {
        details.put(name, value);
        return this;
    }

    public ExitCode code() {
        return code;
    }

    /** Named facts beside the message. */
    public Map<String, String> details() {
        return details;
    }
}
