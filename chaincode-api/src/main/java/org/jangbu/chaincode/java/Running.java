package org.jangbu.chaincode.java;

import java.util.function.Supplier;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jspecify.annotations.Nullable;

/**
 * One invocation while it runs on its thread: its deadline, what it has used, whether it is inside the peer, and the verdict if it has to end. Once
 * there is a verdict, every step of woven code and every call of the peer throws {@link InvocationEnded}. The thread is interrupted to end its
 * sleeping and waiting, but never inside the peer, where an interrupt could close a file that others use too.
 */
final class Running {
    private static final ThreadLocal<@Nullable Running> CURRENT = new ThreadLocal<>();

    /** A class that is half initialised is lost, so its initialiser gets this much longer. */
    private static final long INITIALISER_GRACE = 2_000_000_000L;

    private final Alarm alarm;
    private final Limits limits;
    private final int depth;
    private final long deadline;
    private volatile @Nullable String verdict;
    private volatile long verdictTime;
    private @Nullable Throwable hostFailure;
    private @Nullable Thread thread;
    private long allocatedBefore;
    private long written;
    private boolean inHost;
    private boolean over;

    /**
     * @param deadline as of {@link System#nanoTime}
     * @param depth how many chaincodes wait for this one
     */
    Running(Alarm alarm, Limits limits, long deadline, int depth) {
        this.alarm = alarm;
        this.limits = limits;
        this.deadline = deadline;
        this.depth = depth;
    }

    /** The invocation of this thread, or null if it runs none. */
    static @Nullable Running current() {
        return CURRENT.get();
    }

    /** What woven code calls while the alarm is raised; other invocations of the same contract go on. */
    static void checkpoint() {
        Running running = CURRENT.get();
        if (running != null) {
            running.stopIfEnded();
        }
    }

    /** What woven code calls before it makes a large array. */
    static void largeArray(long bytes) {
        Running running = CURRENT.get();
        if (running != null && running.allocated() + bytes > running.limits.allocatedBytes()) {
            running.end(running.hoarding());
            running.stopIfEnded();
        }
    }

    synchronized void begin() {
        Thread own = Thread.currentThread();
        thread = own;
        allocatedBefore = AllocatedBytes.of(own.getId());
        CURRENT.set(this);
    }

    /** Afterwards nothing touches the thread any more. */
    synchronized void finish() {
        over = true;
        CURRENT.remove();
        Thread.interrupted(); // neither our interrupt nor the contract's own may reach the thread's next work
        if (verdict != null) {
            alarm.lower();
        }
    }

    /** Gives the verdict; the first one counts. */
    synchronized void end(String reason) {
        if (!over && verdict == null) {
            verdictTime = System.nanoTime();
            verdict = reason;
            alarm.raise();
        }
    }

    /** The watchdog's look: gives a verdict if a limit is passed, and wakes a thread that sleeps in spite of one. */
    synchronized void inspect(long now) {
        if (over || thread == null) {
            return;
        }
        if (verdict == null && now - deadline > 0) {
            end("it ran longer than " + limits.timeout().toMillis() + " ms");
        } else if (verdict == null && allocated() > limits.allocatedBytes()) {
            end(hoarding());
        }
        if (verdict != null && !inHost) {
            thread.interrupt();
        }
    }

    void written(long bytes) {
        written += bytes;
        if (written > limits.writtenBytes()) {
            end("it wrote more than " + limits.writtenBytes() + " bytes");
            stopIfEnded();
        }
    }

    /** Runs a call of the peer for the contract. A refusal is the contract's to see; any other failure is the peer's and ends the invocation. */
    <T extends @Nullable Object> T inHost(Supplier<T> call) {
        Headroom.require();
        enterHost();
        try {
            return call.get();
        } catch (ChaincodeHostException refusal) {
            throw refusal;
        } catch (RuntimeException | Error failure) {
            hostFailure = failure;
            end("the peer could not answer it");
            throw new InvocationEnded("the peer could not answer it");
        } finally {
            leaveHost();
        }
    }

    private synchronized void enterHost() {
        if (over || Thread.currentThread() != thread) {
            throw new IllegalStateException("a stub serves its own invocation and thread only");
        }
        stopIfEnded();
        Thread.interrupted();
        inHost = true;
    }

    private synchronized void leaveHost() {
        inHost = false;
    }

    void stopIfEnded() {
        String reason = verdict;
        if (reason != null && (!initialisingClass() || System.nanoTime() - verdictTime > INITIALISER_GRACE)) {
            throw new InvocationEnded(reason);
        }
    }

    private static boolean initialisingClass() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
    }

    private long allocated() {
        Thread own = thread;
        return own == null ? 0 : AllocatedBytes.of(own.getId()) - allocatedBefore;
    }

    private String hoarding() {
        return "it allocated more than " + limits.allocatedBytes() + " bytes";
    }

    @Nullable
    String verdict() {
        return verdict;
    }

    @Nullable
    Throwable hostFailure() {
        return hostFailure;
    }

    long deadline() {
        return deadline;
    }

    int depth() {
        return depth;
    }
}
