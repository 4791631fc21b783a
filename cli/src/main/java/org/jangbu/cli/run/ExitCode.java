package org.jangbu.cli.run;

/** How a command ended, for scripts. Numbers are never given another meaning. */
public enum ExitCode {
    /** Done. */
    OK(0, "done"),
    /** The other side said no: the caller may not, the channel's policy is not met, the transaction took no effect. */
    REFUSED(1, "refused by the other side, which said why"),
    /** The command was not understood. */
    USAGE(2, "the command was not understood"),
    /** Nobody answered, or nobody who may be trusted. */
    UNREACHABLE(3, "the server cannot be reached, is not trusted or not ready; nothing was changed"),
    /** A file, a key or an answer cannot be used. */
    UNUSABLE(4, "a file, a key or an answer cannot be used"),
    /** It was handed in, and nobody knows yet how it ended. */
    UNKNOWN_OUTCOME(5, "handed in, but how it ended was not seen in time"),
    /** This program failed. */
    FAULT(70, "this program failed");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the shell sees. */
    public int number() {
        return number;
    }

    /** For the help. */
    public String meaning() {
        return meaning;
    }
}
