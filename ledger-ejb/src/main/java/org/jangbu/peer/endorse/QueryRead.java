package org.jangbu.peer.endorse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * One rich query of a simulation: hands out entries and remembers which they were, so that it can tell later whether the state still answers
 * the same. Reads the database in short queries, which together may take so long and no longer.
 */
final class QueryRead implements QuerySource {
    /** How long the database may work for one query, all its batches together. */
    private static final Duration TIME = Duration.ofSeconds(10);

    private static final int FIRST_FETCH = 102;
    private static final int LATER_FETCH = 1_000;

    /** What CouchDB calls the place where a query begins that has found nothing. */
    private static final String NOWHERE = "nil";

    private final Documents documents;
    private final String namespace;
    private final MangoQuery query;
    private final Optional<Position> start;
    private final Consumer<WorldState.Entry> reader;

    private final Queue<Documents.Answer> fetched = new ArrayDeque<>();
    private Optional<Position> resume;
    private boolean begun;
    private boolean allFetched;
    private int toSkip;
    private long nanosUsed;

    private final MessageDigest seen = sha256();
    private Optional<Position> lastHandedOut = Optional.empty();
    private int handedOut;
    private boolean exhausted;
    private long newestBlock = -1;
    private byte @Nullable [] seenDigest;

    /** @param reader is told of each entry that is handed out */
    QueryRead(
            Documents documents,
            String namespace,
            MangoQuery query,
            Optional<Position> start,
            Consumer<WorldState.Entry> reader) {
        this.documents = documents;
        this.namespace = namespace;
        this.query = query;
        this.start = start;
        this.reader = reader;
        this.resume = start;
        this.toSkip = query.skip();
    }

    @Override
    public WorldState.@Nullable Entry next() {
        Documents.Answer answer = fetchedAnswer();
        if (answer == null) {
            exhausted = true;
            return null;
        }
        fetched.remove();
        handedOut++;
        lastHandedOut = Optional.of(answer.position());
        WorldState.Entry entry = answer.entry();
        newestBlock = Math.max(newestBlock, entry.value().version().block());
        byte[] key = entry.key().key().getBytes(StandardCharsets.UTF_8);
        seen.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(entry.value().version().block())
                .putLong(entry.value().version().tx())
                .putInt(key.length)
                .flip());
        seen.update(key);
        reader.accept(entry);
        return entry;
    }

    @Override
    public String bookmark() {
        try {
            Optional<Position> last = lastHandedOut.or(() -> start);
            return last.isPresent() ? last.get().bookmark() : NOWHERE;
        } catch (QueryException e) {
            throw new ChaincodeHostException(e.getMessage(), e);
        }
    }

    /** The newest block that wrote an entry handed out; -1 if there is none. */
    long newestBlock() {
        return newestBlock;
    }

    /** Whether the same query, asked afresh and read just as far, finds the same keys at the same versions. */
    boolean holds() {
        QueryRead again = new QueryRead(documents, namespace, query, start, entry -> {});
        for (int i = 0; i < handedOut && again.next() != null; i++) {
            // reading is what counts
        }
        if (exhausted) {
            again.next();
        }
        return again.handedOut == handedOut
                && again.exhausted == exhausted
                && MessageDigest.isEqual(again.digest(), digest());
    }

    private byte[] digest() {
        byte[] known = seenDigest;
        if (known == null) {
            known = seen.digest();
            seenDigest = known;
        }
        return known;
    }

    private Documents.@Nullable Answer fetchedAnswer() {
        while (true) {
            while (fetched.isEmpty() && !allFetched) {
                fetch();
            }
            if (toSkip == 0 || fetched.isEmpty()) {
                return fetched.peek();
            }
            fetched.remove();
            toSkip--;
        }
    }

    private void fetch() {
        int most = begun ? LATER_FETCH : FIRST_FETCH;
        begun = true;
        Duration left = TIME.minusNanos(nanosUsed);
        long started = System.nanoTime();
        try {
            if (left.isNegative()) {
                throw new QueryException("the query takes longer than " + TIME.toSeconds() + " seconds");
            }
            Documents.Batch batch =
                    documents.find(namespace, query, resume, most, left).value();
            fetched.addAll(batch.answers());
            allFetched = !batch.more();
            resume = batch.last().or(() -> resume);
        } catch (QueryException e) {
            throw new ChaincodeHostException(e.getMessage(), e);
        } finally {
            nanosUsed += System.nanoTime() - started;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
