package org.jangbu.cli.run;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command with an output. What it throws ends it; else it is done. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public abstract class LedgerCommand implements Callable<Integer> {
    @Mixin
    protected Output output;

    @Override
    public final Integer call() {
        execute();
        return ExitCode.OK.number();
    }

    /** Does it. */
    protected abstract void execute();
}
