package org.jangbu.chaincode.testkit;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jangbu.chaincode.spi.ChaincodeHost.KeyValue;
import org.jangbu.chaincode.spi.ChaincodeHost.Page;
import org.jangbu.chaincode.spi.ChaincodeHost.Results;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.model.query.Document;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;
import org.jspecify.annotations.Nullable;

/** Answers rich queries by looking at each value, with the rules and the order of a peer's database. */
final class RichQuery {
    /** What CouchDB calls the place where a query begins that has found nothing. */
    private static final String NOWHERE = "nil";

    private RichQuery() {}

    /** A value that matches, and where it stands among the others. */
    private record Found(KeyValue row, Position position) {}

    /** Asks the values of one collection; for all answers if there is no page or it asks for nothing. */
    static Results<KeyValue> ask(Map<String, InMemoryLedger.Entry> values, String text, @Nullable Page asked) {
        Page page = asked != null && asked.size() == 0 && asked.bookmark().isEmpty() ? null : asked;
        if (page != null && page.size() <= 0) {
            throw new ChaincodeHostException("the page size must be positive, not " + page.size());
        }
        try {
            MangoQuery query = MangoQuery.parse(text);
            String bookmark = page == null || page.bookmark().isEmpty() ? query.bookmark() : page.bookmark();
            Optional<Position> after = query.position(bookmark);
            Comparator<Position> order = Position.order(query.descending());
            List<Found> found = values.entrySet().stream()
                    .flatMap(value -> find(query, value.getKey(), value.getValue()))
                    .filter(each -> after.isEmpty() || order.compare(each.position(), after.get()) > 0)
                    .sorted(Comparator.comparing(Found::position, order))
                    .skip(query.skip())
                    .limit(page == null ? Long.MAX_VALUE : page.size())
                    .toList();
            List<KeyValue> rows = found.stream().map(Found::row).toList();
            if (page == null) {
                return new ListedResults<>(rows, "", 0);
            }
            String next = found.isEmpty()
                    ? bookmark
                    : found.get(found.size() - 1).position().bookmark();
            return new ListedResults<>(rows, next.isEmpty() ? NOWHERE : next, rows.size());
        } catch (QueryException e) {
            throw new ChaincodeHostException(e.getMessage(), e);
        }
    }

    private static Stream<Found> find(MangoQuery query, String key, InMemoryLedger.Entry entry) {
        byte[] bytes = entry.value();
        ByteString value = bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
        return Document.of(key, value)
                .filter(document -> document.isSortable(query) && document.matches(query))
                .map(document -> new Found(
                        new KeyValue(
                                "",
                                key,
                                document.projection(query).orElse(value).toByteArray()),
                        document.position(query)))
                .stream();
    }
}
