package org.jangbu.chaincode.java;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a thread has allocated since it was started. Asked through a method handle, because a server with modules does not show
 * {@code jdk.management} to a deployment.
 */
final class AllocatedBytes {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final @Nullable MethodHandle QUESTION = question();

    private AllocatedBytes() {}

    /** The bytes of a live thread, or 0 where this JVM does not count them. */
    static long of(long threadId) {
        if (QUESTION == null) {
            return 0;
        }
        try {
            return Math.max(0, (long) QUESTION.invoke(threadId));
        } catch (Throwable e) {
            throw new IllegalStateException("The JVM does not say what a thread has allocated", e);
        }
    }

    private static @Nullable MethodHandle question() {
        try {
            Class<?> hotSpot =
                    Class.forName("com.sun.management.ThreadMXBean", true, ClassLoader.getPlatformClassLoader());
            return hotSpot.isInstance(THREADS)
                    ? MethodHandles.publicLookup()
                            .findVirtual(
                                    hotSpot, "getThreadAllocatedBytes", MethodType.methodType(long.class, long.class))
                            .bindTo(THREADS)
                    : null;
        } catch (ReflectiveOperationException e) {
            return null; // another JVM than HotSpot: time alone is guarded
        }
    }
}
