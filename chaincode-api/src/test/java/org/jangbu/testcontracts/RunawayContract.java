package org.jangbu.testcontracts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;

/** Does everything that a contract should not. */
@SuppressWarnings({"InfiniteRecursion", "ModifiedButNotUsed"}) // on purpose
@Contract(name = "runaway")
@Default
public final class RunawayContract implements ContractInterface {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @Transaction
    public String fine(Context context) {
        return "fine";
    }

    @Transaction
    public void loop(Context context) {
        long n = 0;
        while (n >= 0) {
            n = (n + 1) & 0xffff;
        }
    }

    @Transaction
    public void catchEverything(Context context) {
        while (true) {
            try {
                loop(context);
            } catch (Throwable swallowed) {
                COUNTER.incrementAndGet();
            }
        }
    }

    @Transaction
    public void retryInFinally(Context context) {
        try {
            loop(context);
        } finally {
            loop(context);
        }
    }

    @Transaction
    public long recurse(Context context) {
        return deeper(0);
    }

    private static long deeper(long n) {
        return deeper(n + 1) + n;
    }

    @Transaction
    public long recurseReading(Context context) {
        return deeperReading(context, 0);
    }

    private static long deeperReading(Context context, long n) {
        context.getStub().getState("key");
        return deeperReading(context, n + 1) + n;
    }

    @Transaction
    public void exit(Context context) {
        System.exit(3);
    }

    @Transaction
    public void exitByReference(Context context) {
        IntConsumer exit = System::exit;
        exit.accept(3);
    }

    @Transaction
    public void halt(Context context) {
        Runtime.getRuntime().halt(3);
    }

    @Transaction
    public void thread(Context context) {
        new Thread(() -> loop(context)).start();
    }

    @Transaction
    public void ownThread(Context context) {
        new OwnThread().start();
    }

    private static final class OwnThread extends Thread {
        @Override
        public void run() {
            COUNTER.incrementAndGet();
        }
    }

    @Transaction
    public void executor(Context context) {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        threads.execute(COUNTER::incrementAndGet);
    }

    @Transaction
    public long hoard(Context context) {
        List<long[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new long[1024]);
        }
    }

    @Transaction
    public int hugeArray(Context context) {
        return new long[Integer.MAX_VALUE - 8].length;
    }

    @Transaction
    public void writeTooMuch(Context context) {
        for (int i = 0; i < 1_000_000; i++) {
            context.getStub().putState("key" + i, new byte[4096]);
        }
    }

    @Transaction
    public void writeTooMuchAndCatch(Context context) {
        try {
            writeTooMuch(context);
        } catch (Throwable swallowed) {
            COUNTER.incrementAndGet();
        }
    }

    @Transaction
    public String answerTooMuch(Context context) {
        return "x".repeat(8 << 20);
    }

    @Transaction
    public void sleep(Context context) throws InterruptedException {
        Thread.sleep(3_600_000);
    }

    @Transaction
    public void interruptAndWrite(Context context) {
        Thread.currentThread().interrupt();
        context.getStub().putState("key", new byte[] {1});
    }

    @Transaction
    public void interrupt(Context context) {
        Thread.currentThread().interrupt();
    }

    @Transaction
    public void read(Context context) {
        context.getStub().getState("key");
    }

    @Transaction
    public void readAndCatch(Context context) {
        try {
            context.getStub().getState("key");
        } catch (Throwable swallowed) {
            COUNTER.incrementAndGet();
        }
    }

    @Transaction
    public String call(Context context, String other) {
        return context.getStub()
                .invokeChaincodeWithStringArgs(other, "call", other)
                .getMessage();
    }

    @Transaction
    public int trap(Context context) {
        return Trap.VALUE;
    }

    @Transaction
    public long recurseToTrap(Context context) {
        return deeperToTrap(0);
    }

    private static long deeperToTrap(long n) {
        try {
            return deeperToTrap(n + 1) + n;
        } catch (StackOverflowError end) {
            return Shallow.VALUE;
        }
    }

    /** Its initialiser never ends. */
    static final class Trap {
        static final int VALUE = endless();

        private static int endless() {
            int n = 1;
            while (n > 0) {
                n = (n + 2) & 0xffff;
            }
            return n;
        }
    }

    /** Its initialiser needs more stack than is left where it is first used. */
    static final class Shallow {
        static final int VALUE = deep(200);

        private static int deep(int n) {
            return n == 0 ? 0 : deep(n - 1) + 1;
        }
    }
}
