package org.jangbu.chaincode.java.bridge;

import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Hands the server's part of the guard to the deployment's {@link Guard}; afterwards raises (true) and lowers (false) its alarm. */
public final class AlarmSwitch implements Consumer<Boolean> {
    /**
     * @param checkpoint called by woven code while the alarm is raised
     * @param largeArrays told the size in bytes of a large array that is about to be made
     * @param refused whether a method, by the binary name of its class and its own, may not be had by reflection
     */
    public AlarmSwitch(Runnable checkpoint, LongConsumer largeArrays, BiPredicate<String, String> refused) {
        Guard.install(checkpoint, largeArrays);
        Sight.install(refused);
    }

    @Override
    public void accept(Boolean alarm) {
        Guard.alarm(alarm);
    }
}
