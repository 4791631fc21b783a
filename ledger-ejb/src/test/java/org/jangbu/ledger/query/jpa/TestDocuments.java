package org.jangbu.ledger.query.jpa;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.jdbc.JdbcQueryIndexes;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.jpa.JpaStateStore;
import org.jangbu.ledger.state.jpa.RowChanges;
import org.jangbu.model.LedgerId;
import org.jangbu.model.Version;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;

/** Documents of one chaincode in a real PostgreSQL, on a ledger of their own. */
final class TestDocuments {
    static final String NAMESPACE = "cc";
    static final Duration TIME = Duration.ofSeconds(20);

    final TestDatabase database = TestDatabase.get();
    final int ledger;

    TestDocuments() {
        LedgerId id = TestDatabase.newLedger();
        database.open(id);
        ledger = database.unitOfWork()
                .read(manager -> manager.createQuery("SELECT l.id FROM LedgerRow l WHERE l.node = :node", Integer.class)
                        .setParameter("node", id.node().value())
                        .getSingleResult());
    }

    void put(Map<String, String> documents) {
        put(NAMESPACE, documents);
    }

    void put(String namespace, Map<String, String> documents) {
        RowChanges changes = new RowChanges();
        documents.forEach((key, value) -> changes.put(
                new StateKey(namespace, key), ByteString.copyFromUtf8(value), ByteString.EMPTY, new Version(1, 0)));
        database.unitOfWork()
                .write(manager -> new JpaStateStore(database.unitOfWork(), ledger).write(manager, changes));
    }

    JpaDocuments documents(Set<FieldPath> indexed) {
        return new JpaDocuments(database.unitOfWork(), ledger, namespace -> indexed);
    }

    JdbcQueryIndexes indexes() {
        return new JdbcQueryIndexes(database.dataSource(), ledger);
    }

    /** The keys of all answers in order, read in batches of a size. */
    List<String> keys(String query, int batch, Set<FieldPath> indexed) throws QueryException {
        return answers(query, batch, indexed).stream()
                .map(answer -> answer.entry().key().key())
                .toList();
    }

    List<String> keys(String query) throws QueryException {
        return keys(query, 100, Set.of());
    }

    List<Documents.Answer> answers(String text, int batch, Set<FieldPath> indexed) throws QueryException {
        MangoQuery query = MangoQuery.parse(text);
        Documents documents = documents(indexed);
        List<Documents.Answer> all = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        boolean more = true;
        while (more) {
            Documents.Batch found =
                    documents.find(NAMESPACE, query, after, batch, TIME).value();
            all.addAll(found.answers());
            after = found.last();
            more = found.more();
        }
        return all;
    }
}
