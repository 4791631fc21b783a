package org.jangbu.web.event.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jangbu.ledger.block.Growth;
import org.jangbu.peer.deliver.SerialTask;
import org.jangbu.web.event.EventLimits;
import org.jangbu.web.event.Feed;
import org.jangbu.web.event.SentEvent;
import org.jangbu.web.log.WebLog;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a feed to one reader. A block is read when what was told of the one before has left, and not earlier; while the reader takes nothing, no
 * thread waits for it, and after a while it is given up: it can come again and go on behind the last event that it has seen.
 */
final class EventStream implements WriteListener {
    /** After so many steps others have their turn. */
    private static final int TURN = 64;

    private static final int PIECE = 8 << 10;
    private static final byte[] GREETING = "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};

    private final ServletOutputStream out;
    private final Feed feed;
    private final EventBudget budget;
    private final LongSupplier clock;
    private final Consumer<EventStream> over;
    private final SerialTask task;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private byte[] leaving = GREETING;
    private int written;
    private long taken;
    private boolean toFlush;
    private boolean commentDue;
    private boolean stalled;
    private boolean ended;
    private long moved;
    private Growth.@Nullable Registration following;

    /**
     * A stream; nothing is written before {@link #begin}.
     *
     * @param clock in nanoseconds
     * @param over called once when it has ended, whoever ended it
     */
    EventStream(
            ServletOutputStream out,
            Feed feed,
            EventBudget budget,
            Executor executor,
            LongSupplier clock,
            Consumer<EventStream> over) {
        this.out = out;
        this.feed = feed;
        this.budget = budget;
        this.clock = clock;
        this.over = over;
        this.moved = clock.getAsLong();
        this.task = new SerialTask(executor, this::work, () -> end("this server has too much to do"));
    }

    /** To be called once. */
    void begin() {
        synchronized (this) {
            following = feed.follow(task::wake);
        }
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        task.wake();
    }

    @Override
    public void onError(Throwable failure) {
        end(String.valueOf(failure.getMessage()));
    }

    /** Looks after a reader that takes nothing, and after one for which there is nothing; called from time to time. */
    void tick(EventLimits limits) {
        boolean lost = false;
        boolean due = false;
        synchronized (this) {
            long now = clock.getAsLong();
            if (stalled) {
                lost = now - moved > limits.patience().toNanos();
            } else if (now - moved > limits.keepAlive().toNanos()) {
                moved = now;
                commentDue = true;
                due = true;
            }
        }
        if (lost) {
            WebLog.LOG.readerGivenUp(limits.patience().toSeconds());
            end("the reader takes nothing");
        } else if (due) {
            task.wake();
        }
    }

    private void work() {
        String reason;
        synchronized (this) {
            reason = turn();
        }
        if (reason != null) {
            // Not under the lock: the container has locks of its own.
            end(reason);
        }
    }

    /** Why it is to be ended; null if it goes on. */
    private @Nullable String turn() {
        try {
            for (int step = 0; step < TURN; step++) {
                if (ended || isStalled()) {
                    return null;
                }
                if (!write()) {
                    Optional<String> lapsed = feed.lapse();
                    if (lapsed.isPresent()) {
                        return lapsed.get();
                    }
                    if (!next()) {
                        return null;
                    }
                }
            }
            task.wake();
            return null;
        } catch (NoRoomException e) {
            return "there is no room for further events";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            WebLog.LOG.eventsFailed(e);
            return "what comes next cannot be read";
        }
    }

    private boolean isStalled() {
        boolean before = stalled;
        stalled = !out.isReady();
        if (stalled && !before) {
            moved = clock.getAsLong();
        }
        return stalled;
    }

    /** Writes a piece of what is leaving; false if nothing is. The reader has room. */
    private boolean write() throws IOException {
        if (written < leaving.length) {
            int length = Math.min(PIECE, leaving.length - written);
            out.write(leaving, written, length);
            written += length;
            toFlush = true;
            moved = clock.getAsLong();
            return true;
        }
        byte[] event = waiting.poll();
        if (event != null) {
            leave(event);
            return true;
        }
        if (toFlush) {
            toFlush = false;
            out.flush();
            return true;
        }
        release();
        return false;
    }

    /** Has the next block leave, or a comment; false if there is neither. */
    private boolean next() throws NoRoomException {
        Optional<List<SentEvent>> told = feed.poll();
        if (told.isEmpty()) {
            boolean comment = commentDue;
            if (comment) {
                leave(COMMENT);
            }
            return comment;
        }
        for (SentEvent event : told.get()) {
            byte[] bytes = event.bytes();
            if (!budget.take(bytes.length, taken)) {
                throw new NoRoomException();
            }
            taken += bytes.length;
            waiting.add(bytes);
        }
        return true;
    }

    private void leave(byte[] bytes) {
        leaving = bytes;
        written = 0;
        commentDue = false;
    }

    private void release() {
        waiting.clear();
        leaving = NOTHING;
        written = 0;
        budget.give(taken);
        taken = 0;
    }

    /** Ends it, wherever it is; repeated calls do nothing. */
    void end(String reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            Growth.Registration registration = following;
            if (registration != null) {
                registration.close();
            }
            release();
        }
        WebLog.LOG.eventsEnded(reason);
        over.accept(this);
    }

    /** All the room for events is taken; the reader comes again. */
    private static final class NoRoomException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
