package org.jangbu.ledger.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jangbu.model.TxId;

/**
 * Asks for many at once what many threads want to know of one each. Whoever finds nobody asking asks at once, for itself; those who come while that question is
 * under way wait together, and one of them asks the next for all. So a single caller waits no longer than it did, and under load questions grow instead of
 * becoming more.
 */
final class GatheredQuestions {
    /** Most ids of one question. */
    private static final int MOST = 256;

    private final Function<List<TxId>, Set<TxId>> known;
    private final List<Question> waiting = new ArrayList<>();
    private boolean asking;

    /** @param known which of some ids are known; may fail */
    GatheredQuestions(Function<List<TxId>, Set<TxId>> known) {
        this.known = known;
    }

    /** Whether an id is known: as of some moment between call and return. Fails as the question did that it was part of. */
    boolean isKnown(TxId txId) {
        Question own = new Question(txId);
        synchronized (this) {
            waiting.add(own);
            if (!asking) {
                asking = true;
                own.turn.complete(true);
            }
        }
        if (own.turn.join()) {
            ask();
        }
        return own.answer();
    }

    /** How many wait for the next question now. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Asks for all who wait, this caller among them, and lets one of those who have come meanwhile go on. */
    private void ask() {
        List<Question> asked;
        synchronized (this) {
            List<Question> first = waiting.subList(0, Math.min(MOST, waiting.size()));
            asked = List.copyOf(first);
            first.clear();
        }
        try {
            Set<TxId> found =
                    known.apply(asked.stream().map(question -> question.txId).toList());
            asked.forEach(question -> question.known.complete(found.contains(question.txId)));
        } catch (RuntimeException | Error e) {
            asked.forEach(question -> question.known.completeExceptionally(e));
        } finally {
            asked.forEach(question -> question.turn.complete(false));
            passOn();
        }
    }

    private synchronized void passOn() {
        if (waiting.isEmpty()) {
            asking = false;
        } else {
            waiting.get(0).turn.complete(true);
        }
    }

    /** One caller's. */
    private static final class Question {
        private final TxId txId;
        /** Whether this caller is to ask, or, if not, another has. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private final CompletableFuture<Boolean> known = new CompletableFuture<>();

        Question(TxId txId) {
            this.txId = txId;
        }

        boolean answer() {
            try {
                return known.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }
}
