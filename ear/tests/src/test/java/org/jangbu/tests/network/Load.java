package org.jangbu.tests.network;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jangbu.model.TxId;
import org.jangbu.quickstart.QuickStartUsers;

/** Clients that write without pause, each waiting for its answer, and remember what was promised to them. */
public final class Load implements AutoCloseable {
    private static final long BREATH = Duration.ofMillis(50).toNanos();

    private final Rest rest = Rest.as(QuickStartUsers.userOfOrg1());
    private final Queue<TxId> acknowledged = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    /** Starts that many clients. */
    public Load(int count) {
        for (int i = 0; i < count; i++) {
            Thread client = new Thread(this::write, "load " + i);
            client.start();
            clients.add(client);
        }
    }

    /** Transactions that the network has taken responsibility for: committed, or ordered. */
    public List<TxId> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How often each answer came. */
    public Map<String, Integer> outcomes() {
        return new TreeMap<>(outcomes);
    }

    private void write() {
        while (!stopped) {
            try {
                Rest.Answer answer = rest.submit("keyvalue", "put", Fresh.name("load"), "x".repeat(200));
                outcomes.merge(answer.outcome(), 1, Integer::sum);
                if (answer.status() == 200 || answer.status() == 202) {
                    acknowledged.add(new TxId(answer.json().getString("transactionId")));
                } else {
                    LockSupport.parkNanos(BREATH);
                }
            } catch (IOException e) {
                outcomes.merge("no answer", 1, Integer::sum);
                LockSupport.parkNanos(BREATH);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Lets each client have its last answer. */
    public void finish() {
        stopped = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finish();
    }
}
