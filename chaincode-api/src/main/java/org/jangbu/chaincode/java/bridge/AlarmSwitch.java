package org.jangbu.chaincode.java.bridge;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Hands the server's part of the guard to the deployment's {@link Guard}; afterwards raises (true) and lowers (false) its alarm. */
public final class AlarmSwitch implements Consumer<Boolean> {
    /**
     * @param checkpoint called by woven code while the alarm is raised
     * @param largeArrays told the size in bytes of a large array that is about to be made
     */
    public AlarmSwitch(Runnable checkpoint, LongConsumer largeArrays) {
        Guard.install(checkpoint, largeArrays);
    }

    @Override
    public void accept(Boolean alarm) {
        Guard.alarm(alarm);
    }
}
