package org.jangbu.ledger.query.jpa;

import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jangbu.model.query.Collation;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;

/**
 * The statement for one batch of a query's answers: rows in the query's order behind a position, as many as are asked for. Columns: height,
 * key, value, metadata, block, tx, the JSON text if it is needed here.
 */
final class FindStatement {
    private final Parameters parameters = new Parameters();
    private final String sql;
    private final boolean exact;

    FindStatement(
            Source source,
            int ledger,
            String namespace,
            MangoQuery query,
            Optional<Position> after,
            int most,
            Set<FieldPath> indexed) {
        String ledgerNumber = parameters.add(ledger);
        String ns = parameters.add(namespace.getBytes(StandardCharsets.UTF_8));
        SelectorSql selector = new SelectorSql(parameters, indexed::contains);
        Clause where = selector.of(query.selector());
        this.exact = where.exact();
        boolean json = !exact || query.fields().isPresent() || !query.sort().isEmpty();

        List<String> sorted = query.sort().stream().map(selector::field).toList();
        List<String> conditions = new ArrayList<>();
        conditions.add("s.ledger = " + ledgerNumber + " AND s.ns = " + ns + " AND s.value_json IS NOT NULL");
        conditions.add(source.condition());
        conditions.add(where.sql());
        sorted.forEach(field -> conditions.add(field + " IS NOT NULL"));
        after.ifPresent(position -> behind(conditions, query, indexed, sorted, position));

        String direction = query.descending() ? " DESC" : "";
        String inner = order(query, indexed, sorted).stream()
                .map(each -> each + direction)
                .collect(Collectors.joining(", "));
        String outer = IntStream.range(0, sorted.size())
                .mapToObj(i -> "q.sort" + i + direction + ", ")
                .collect(Collectors.joining());
        String columns = IntStream.range(0, sorted.size())
                .mapToObj(i -> ", ledger.json_key(" + sorted.get(i) + ") AS sort" + i)
                .collect(Collectors.joining());
        this.sql = parameters.numbered(
                "SELECT l.height, q.key, q.value, q.metadata, q.block, q.tx, q.json FROM ledger.ledgers l LEFT JOIN ("
                        + "SELECT s.key, s.value, " + source.metadata() + ", s.block, s.tx, "
                        + (json ? "cast(s.value_json AS text)" : "cast(NULL AS text)") + " AS json" + columns
                        + " FROM ledger." + source.table() + " s WHERE " + String.join(" AND ", conditions)
                        + " ORDER BY " + inner
                        + " LIMIT " + parameters.add(most)
                        + ") q ON true WHERE l.id = " + ledgerNumber
                        + " ORDER BY " + outer + "q.key" + direction);
    }

    String sql() {
        return sql;
    }

    /** Whether all rows match; otherwise each has to be looked at. */
    boolean exact() {
        return exact;
    }

    void bind(Query query) {
        parameters.bind(query);
    }

    /** By the keys in the index first, where there is one, so that it can give the order; then by the whole keys. */
    private static List<String> order(MangoQuery query, Set<FieldPath> indexed, List<String> sorted) {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            if (indexed.contains(query.sort().get(i))) {
                order.add("ledger.index_key(" + sorted.get(i) + ")");
            }
            order.add("ledger.json_key(" + sorted.get(i) + ")");
        }
        order.add("s.key");
        return order;
    }

    private void behind(
            List<String> conditions, MangoQuery query, Set<FieldPath> indexed, List<String> sorted, Position position) {
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            byte[] key = position.sortKeys().get(i);
            here.add("ledger.json_key(" + sorted.get(i) + ")");
            there.add(parameters.add(key));
            if (i == 0 && indexed.contains(query.sort().get(0))) {
                conditions.add("ledger.index_key(" + sorted.get(0) + ")" + (query.descending() ? " <= " : " >= ")
                        + parameters.add(Collation.indexed(key)));
            }
        }
        here.add("s.key");
        there.add(parameters.add(position.key().getBytes(StandardCharsets.UTF_8)));
        conditions.add("(" + String.join(", ", here) + ")" + (query.descending() ? " < " : " > ") + "("
                + String.join(", ", there) + ")");
    }
}
