package org.jangbu.ledger.query;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.query.Document;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jspecify.annotations.Nullable;

/** A row that a database found for a query, to be looked at here. */
public final class FoundDocument {
    private final WorldState.Entry entry;
    private final @Nullable Document document;

    private FoundDocument(WorldState.Entry entry, @Nullable Document document) {
        this.entry = entry;
        this.document = document;
    }

    /**
     * A row.
     *
     * @param json the document's text; null where the query needs nothing of it here
     */
    public static FoundDocument of(WorldState.Entry entry, @Nullable String json) {
        try {
            return new FoundDocument(
                    entry, json == null ? null : Document.parse(entry.key().key(), json));
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("the database holds JSON that cannot be read", e);
        }
    }

    /** Whether it matches the selector. */
    public boolean matches(MangoQuery query) {
        return document().matches(query);
    }

    /** Where it stands in the query's order. */
    public Position position(MangoQuery query) {
        return query.sort().isEmpty()
                ? new Position(List.of(), entry.key().key())
                : document().position(query);
    }

    /** What the query wants of it. */
    public Documents.Answer answer(MangoQuery query) {
        Position position = position(query);
        Optional<ByteString> projected =
                query.fields().isEmpty() ? Optional.empty() : document().projection(query);
        VersionedValue whole = entry.value();
        return new Documents.Answer(
                projected
                        .map(value -> new WorldState.Entry(
                                entry.key(), new VersionedValue(value, whole.metadata(), whole.version())))
                        .orElse(entry),
                position);
    }

    private Document document() {
        Document found = document;
        if (found == null) {
            throw new IllegalStateException("the query needs the document's text");
        }
        return found;
    }
}
