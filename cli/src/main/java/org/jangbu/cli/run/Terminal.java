package org.jangbu.cli.run;

import java.io.Console;
import java.util.Optional;

/** Whether somebody sits before the program. */
public final class Terminal {
    private Terminal() {}

    /** The terminal, if there is one: a console that later versions of Java make up for a pipe is none. */
    @SuppressWarnings("SystemConsoleNull") // so it is on 17; later versions are asked below
    public static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true; // before Java 22 there was no other
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
