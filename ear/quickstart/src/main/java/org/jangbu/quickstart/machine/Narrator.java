package org.jangbu.quickstart.machine;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person at the terminal what happens, in plain words, with the seconds since the start. */
public final class Narrator {
    private final PrintStream out;
    private final long start = System.nanoTime();

    public Narrator(PrintStream out) {
        this.out = out;
    }

    /** Begins a stage. */
    public void stage(String what) {
        out.printf(Locale.ROOT, "%n[%6.1f s] %s%n", (System.nanoTime() - start) / 1e9, what);
    }

    /** Something worth knowing within a stage. */
    public void detail(String what) {
        out.println("           " + what);
    }
}
