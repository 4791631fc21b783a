package org.jangbu.ledger.query.jpa;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.persistence.Query;
import jakarta.persistence.QueryTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.FoundDocument;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.Version;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;
import org.jspecify.annotations.Nullable;

/** The documents in one ledger's state or private values. Each batch is one statement that also reads the ledger's height, so that both are of one snapshot. */
public final class JpaDocuments implements Documents {
    private final UnitOfWork work;
    private final Source source;
    private final int ledger;
    private final Function<String, Set<FieldPath>> indexed;

    private JpaDocuments(UnitOfWork work, Source source, int ledger, Function<String, Set<FieldPath>> indexed) {
        this.work = work;
        this.source = source;
        this.ledger = ledger;
        this.indexed = indexed;
    }

    /**
     * Those of the state.
     *
     * @param indexed the fields by which a namespace has indexes that may be used
     */
    public static JpaDocuments ofState(UnitOfWork work, int ledger, Function<String, Set<FieldPath>> indexed) {
        return new JpaDocuments(work, Source.STATE, ledger, indexed);
    }

    /** Those of private values, whose namespaces are those of their hashes. */
    public static JpaDocuments ofPrivateValues(UnitOfWork work, int ledger, Function<String, Set<FieldPath>> indexed) {
        return new JpaDocuments(work, Source.PRIVATE_VALUES, ledger, indexed);
    }

    @Override
    public AtHeight<Batch> find(String namespace, MangoQuery query, Optional<Position> after, int most, Duration time)
            throws QueryException {
        FindStatement statement =
                new FindStatement(source, ledger, namespace, query, after, most, indexed.apply(namespace));
        List<Object[]> rows = rows(statement, time);
        if (rows.isEmpty()) {
            throw new IllegalStateException("the ledger's row is gone from the database");
        }
        long height = ((Number) rows.get(0)[0]).longValue();
        return new AtHeight<>(height, batch(namespace, query, statement, rows, most));
    }

    private List<Object[]> rows(FindStatement statement, Duration time) throws QueryException {
        // The driver counts whole seconds, and none would mean no limit.
        long millis = Math.max(1000, time.toMillis());
        Optional<List<Object[]>> rows = work.read(manager -> {
            Query query = manager.createNativeQuery(statement.sql());
            statement.bind(query);
            query.setHint("jakarta.persistence.query.timeout", (int) Math.min(millis, Integer.MAX_VALUE));
            try {
                return Optional.of(list(query));
            } catch (QueryTimeoutException e) {
                return Optional.empty();
            }
        });
        return rows.orElseThrow(() ->
                new QueryException("the query takes too long; an index, or a selector that asks for less, would help"));
    }

    private static Batch batch(
            String namespace, MangoQuery query, FindStatement statement, List<Object[]> rows, int most)
            throws QueryException {
        List<Answer> answers = new ArrayList<>();
        Optional<Position> last = Optional.empty();
        int seen = 0;
        for (Object[] row : rows) {
            if (row[1] == null) {
                continue;
            }
            seen++;
            FoundDocument found = FoundDocument.of(entry(namespace, row), (String) row[6]);
            last = Optional.of(found.position(query));
            if (statement.exact() || found.matches(query)) {
                answers.add(found.answer(query));
            }
        }
        return new Batch(answers, last, seen == most);
    }

    /** A contract is shown its own namespace, whether the row is of its state or of a collection. */
    private static WorldState.Entry entry(String namespace, Object[] row) {
        String chaincode = new StateKey(namespace, "").chaincode();
        return new WorldState.Entry(
                new StateKey(chaincode, new String((byte[]) row[1], StandardCharsets.UTF_8)),
                new VersionedValue(
                        bytes(row[2]),
                        bytes(row[3]),
                        new Version(((Number) row[4]).longValue(), ((Number) row[5]).longValue())));
    }

    private static ByteString bytes(@Nullable Object column) {
        return column == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap((byte[]) column);
    }

    @SuppressWarnings("unchecked") // JPA: a native query of several columns gives arrays
    private static List<Object[]> list(Query query) {
        return (List<Object[]>) query.getResultList();
    }
}
