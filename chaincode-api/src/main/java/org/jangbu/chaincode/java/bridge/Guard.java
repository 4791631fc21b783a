package org.jangbu.chaincode.java.bridge;

import java.security.Provider;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * What woven contract and library code calls. One copy per class loader, so its state belongs to one deployment; the server hands in what to do
 * and raises the alarm when one of the deployment's invocations has to end.
 */
public final class Guard {
    /** Arrays below this many bytes are left to the watchdog. */
    private static final long LARGE_ARRAY = 1 << 20;

    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    private static volatile boolean alarm;
    private static volatile Runnable checkpoint = () -> {};
    private static volatile LongConsumer largeArrays = bytes -> {};

    private Guard() {}

    /** Once, by the server, before any code of the contract runs. */
    static void install(Runnable newCheckpoint, LongConsumer newLargeArrays) {
        if (!INSTALLED.compareAndSet(false, true)) {
            refuse("its own guard");
        }
        checkpoint = newCheckpoint;
        largeArrays = newLargeArrays;
    }

    static void alarm(boolean on) {
        alarm = on;
    }

    /** Called at every method entry and before every jump backwards; ends the thread's invocation if it has to end. */
    public static void tick() {
        if (alarm) {
            checkpoint.run();
        }
    }

    /** Called before an array is made, so that one huge array cannot outrun the watchdog. */
    public static void array(int length, int elementSize) {
        long bytes = (long) length * elementSize;
        if (bytes >= LARGE_ARRAY) {
            largeArrays.accept(bytes);
        }
    }

    /** Called in place of what a contract may not do. */
    @SuppressWarnings("DoNotCallSuggester") // woven code calls it
    public static void refuse(String what) {
        throw new SecurityException("A contract may not call " + what);
    }

    /** Called before any {@code start()}: whether it starts a thread shows only now. */
    public static void starting(Object target) {
        if (target instanceof Thread) {
            refuse("Thread.start");
        }
    }

    /** Called in place of {@code Security.addProvider}: the providers of the server stay as they are, and the contract goes on. */
    public static int addProvider(Provider provider) {
        return -1;
    }

    /** Called in place of {@code Security.insertProviderAt}, like {@link #addProvider}. */
    public static int insertProviderAt(Provider provider, int position) {
        return -1;
    }
}
