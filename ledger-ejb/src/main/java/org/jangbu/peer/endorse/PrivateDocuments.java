package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.FoundDocument;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;

/**
 * The JSON objects among the values of one private collection that this peer holds. No index leads to them: they are read in the order of
 * their keys and looked at one by one, and what is to be sorted is sorted here.
 */
record PrivateDocuments(PrivateStore store, CollectionName collection) implements Documents {
    private static final int AT_ONCE = 1_000;

    /** Most matching documents that are sorted; more would be held in memory for as long as that takes. */
    private static final int MOST_SORTED = 10_000;

    @Override
    public AtHeight<Batch> find(String namespace, MangoQuery query, Optional<Position> after, int most, Duration time)
            throws QueryException {
        return query.isInKeyOrder() ? inKeyOrder(query, after, most) : sorted(query, after, most, time);
    }

    private AtHeight<Batch> inKeyOrder(MangoQuery query, Optional<Position> after, int most) {
        AtHeight<List<PrivateValue>> read =
                store.range(collection, after.map(PrivateDocuments::behind).orElse(""), "", most);
        List<Answer> answers = new ArrayList<>();
        Optional<Position> last = Optional.empty();
        for (PrivateValue value : read.value()) {
            last = Optional.of(new Position(List.of(), value.key()));
            match(value, query).ifPresent(answers::add);
        }
        return new AtHeight<>(
                read.height(), new Batch(answers, last, read.value().size() == most));
    }

    private AtHeight<Batch> sorted(MangoQuery query, Optional<Position> after, int most, Duration time)
            throws QueryException {
        Comparator<Position> order = Position.order(query.descending());
        long deadline = System.nanoTime() + time.toNanos();
        List<Answer> found = new ArrayList<>();
        long height = 0;
        String start = "";
        boolean more = true;
        while (more) {
            if (System.nanoTime() - deadline > 0) {
                throw new QueryException("the query takes too long; a selector that asks for less would help");
            }
            AtHeight<List<PrivateValue>> read = store.range(collection, start, "", AT_ONCE);
            height = Math.max(height, read.height());
            for (PrivateValue value : read.value()) {
                start = value.key() + '\0';
                match(value, query)
                        .filter(answer -> after.isEmpty() || order.compare(answer.position(), after.get()) > 0)
                        .ifPresent(found::add);
            }
            if (found.size() > MOST_SORTED) {
                throw new QueryException("more than " + MOST_SORTED + " private values would have to be sorted");
            }
            more = read.value().size() == AT_ONCE;
        }
        found.sort(Comparator.comparing(Answer::position, order));
        List<Answer> answers = found.subList(0, Math.min(most, found.size()));
        Optional<Position> last = answers.isEmpty()
                ? Optional.empty()
                : Optional.of(answers.get(answers.size() - 1).position());
        return new AtHeight<>(height, new Batch(answers, last, answers.size() == most));
    }

    private Optional<Answer> match(PrivateValue value, MangoQuery query) {
        WorldState.Entry entry = new WorldState.Entry(
                new StateKey(collection.chaincode(), value.key()),
                new VersionedValue(value.value(), ByteString.EMPTY, value.version()));
        return FoundDocument.ofStored(entry)
                .filter(document -> document.isSortable(query) && document.matches(query))
                .map(document -> document.answer(query));
    }

    /** The successor of a key in byte order is the key with U+0000 behind it. */
    private static String behind(Position position) {
        return position.key() + '\0';
    }
}
