package org.jangbu.peer.endorse;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jangbu.peer.log.EndorsementLog;
import org.jspecify.annotations.Nullable;

/**
 * The way into an endorser: proposals to one chaincode run so many at a time, wait in a queue that has an end, and are refused with 503 when
 * it is full. So a slow contract holds up its own callers and nobody else's.
 */
public final class ProposalQueue {
    /** How long a thread goes on with one chaincode before it queues behind what others have to do: who goes on need not be woken. */
    private static final long IN_A_ROW_NANOS = 5_000_000;

    private final Endorser endorser;
    private final Executor executor;
    private final int concurrency;
    private final int capacity;
    private final Map<Lane.Name, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param executor runs the simulations
     * @param concurrency most proposals to one chaincode that are simulated at once
     * @param capacity most proposals to one chaincode that wait
     */
    public ProposalQueue(Endorser endorser, Executor executor, int concurrency, int capacity) {
        this.endorser = endorser;
        this.executor = executor;
        this.concurrency = concurrency;
        this.capacity = capacity;
    }

    public Endorser endorser() {
        return endorser;
    }

    /** Answers a proposal as {@link Endorser#process} does; fails with {@link ProposalException} where that does. */
    public CompletionStage<Endorser.Answer> submit(UnpackedProposal proposal) {
        Task task = new Task(proposal, new CompletableFuture<>());
        Lane.Name name = new Lane.Name(proposal.channel(), proposal.chaincode());
        boolean[] accepted = new boolean[2];
        lanes.compute(name, (n, existing) -> {
            Lane lane = existing == null ? new Lane() : existing;
            if (lane.running < concurrency) {
                lane.running++;
                accepted[1] = true;
            } else if (lane.waiting.size() < capacity) {
                lane.waiting.add(task);
                accepted[0] = true;
            }
            return lane;
        });
        if (accepted[1]) {
            start(name, task);
        } else if (!accepted[0]) {
            task.outcome()
                    .complete(Endorser.Answer.failure(
                            503,
                            "too many proposals wait for chaincode "
                                    + org.jangbu.model.Quoted.brief(proposal.chaincode()) + "; try again later"));
        }
        return task.outcome();
    }

    private void start(Lane.Name name, Task first) {
        Task task = first;
        while (task != null) {
            Task current = task;
            try {
                executor.execute(() -> run(name, current));
                return;
            } catch (RejectedExecutionException e) {
                current.outcome()
                        .complete(Endorser.Answer.failure(503, "this peer has too much to do; try again later"));
                task = finished(name);
            }
        }
    }

    /** Answers a proposal, and others of its lane that wait, for as long as is fair to other lanes. */
    private void run(Lane.Name name, Task first) {
        long began = System.nanoTime();
        Task task = first;
        do {
            answer(name, task);
            task = finished(name);
        } while (task != null && System.nanoTime() - began < IN_A_ROW_NANOS);
        if (task != null) {
            start(name, task);
        }
    }

    private void answer(Lane.Name name, Task task) {
        try {
            task.outcome().complete(endorser.process(task.proposal()));
        } catch (ProposalException e) {
            task.outcome().completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            EndorsementLog.LOG.endorserFailed(
                    org.jangbu.model.Quoted.brief(name.channel()),
                    task.proposal().txId().value(),
                    e);
            task.outcome().complete(Endorser.Answer.failure(500, "internal error; this peer's log says more"));
        }
    }

    /** Takes the next task of a lane in place of one that is done, or leaves the lane. */
    private @Nullable Task finished(Lane.Name name) {
        Task[] next = new Task[1];
        lanes.computeIfPresent(name, (n, lane) -> {
            Task waiting = lane.waiting.poll();
            next[0] = waiting;
            if (waiting == null) {
                lane.running--;
            }
            return lane.running == 0 ? null : lane;
        });
        return next[0];
    }

    private record Task(UnpackedProposal proposal, CompletableFuture<Endorser.Answer> outcome) {}

    private static final class Lane {
        private int running;
        private final Queue<Task> waiting = new ArrayDeque<>();

        private record Name(String channel, String chaincode) {}
    }
}
