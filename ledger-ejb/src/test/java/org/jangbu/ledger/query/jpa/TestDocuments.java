package org.jangbu.ledger.query.jpa;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.privatedata.ExpiryChanges;
import org.jangbu.ledger.privatedata.HeldChanges;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.jpa.JpaPrivateStore;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.jdbc.JdbcQueryIndexes;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.jpa.JpaStateStore;
import org.jangbu.ledger.state.jpa.RowChanges;
import org.jangbu.model.LedgerId;
import org.jangbu.model.Sha256;
import org.jangbu.model.Version;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;

/** Documents of one chaincode, or of one private collection, in a real PostgreSQL, on a ledger of their own. */
final class TestDocuments {
    static final Duration TIME = Duration.ofSeconds(20);

    private static final String CHAINCODE = "cc";
    private static final Version VERSION = new Version(1, 0);

    final TestDatabase database = TestDatabase.get();
    final Source source;
    final int ledger;

    TestDocuments() {
        this(Source.STATE);
    }

    TestDocuments(Source source) {
        this.source = source;
        LedgerId id = TestDatabase.newLedger();
        database.open(id);
        ledger = database.unitOfWork()
                .read(manager -> manager.createQuery("SELECT l.id FROM LedgerRow l WHERE l.node = :node", Integer.class)
                        .setParameter("node", id.node().value())
                        .getSingleResult());
    }

    String namespace() {
        return namespace(CHAINCODE);
    }

    private String namespace(String chaincode) {
        return StateKey.namespaceOf(chaincode, source == Source.STATE ? "" : "secret");
    }

    void put(Map<String, String> documents) {
        put(CHAINCODE, documents);
    }

    void put(String chaincode, Map<String, String> documents) {
        RowChanges rows = new RowChanges();
        Map<StateKey, PrivateValue> values = new HashMap<>();
        documents.forEach((key, text) -> {
            ByteString value = ByteString.copyFromUtf8(text);
            if (source == Source.STATE) {
                rows.put(new StateKey(chaincode, key), value, ByteString.EMPTY, VERSION);
            } else {
                StateKey hashed = StateKey.hashed(chaincode, "secret", Sha256.of(ByteString.copyFromUtf8(key)));
                rows.put(hashed, Sha256.of(value), ByteString.EMPTY, VERSION);
                values.put(hashed, new PrivateValue(key, value, VERSION));
            }
        });
        HeldChanges held = new HeldChanges(values, Map.of(), List.of(), Map.of(), List.of());
        List<PrivateEffects> effects =
                List.of(new PrivateEffects(VERSION.block(), held, List.of(), List.of(), ExpiryChanges.NONE));
        database.unitOfWork().write(manager -> {
            new JpaStateStore(database.unitOfWork(), ledger).write(manager, rows);
            new JpaPrivateStore(database.unitOfWork(), ledger).write(manager, effects);
        });
    }

    JpaDocuments documents(Set<FieldPath> indexed) {
        return source == Source.STATE
                ? JpaDocuments.ofState(database.unitOfWork(), ledger, namespace -> indexed)
                : JpaDocuments.ofPrivateValues(database.unitOfWork(), ledger, namespace -> indexed);
    }

    JdbcQueryIndexes indexes() {
        return indexes(database.dataSource());
    }

    JdbcQueryIndexes indexes(DataSource connections) {
        return source == Source.STATE
                ? JdbcQueryIndexes.ofState(connections, ledger)
                : JdbcQueryIndexes.ofPrivateValues(connections, ledger);
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
                    documents.find(namespace(), query, after, batch, TIME).value();
            all.addAll(found.answers());
            after = found.last();
            more = found.more();
        }
        return all;
    }
}
