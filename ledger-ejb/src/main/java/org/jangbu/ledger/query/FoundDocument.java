package org.jangbu.ledger.query;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.state.StrictJson;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/** A row that a database found for a query, to be looked at here. */
public final class FoundDocument {
    private final WorldState.Entry entry;
    private final @Nullable JsonObject document;

    /** @param json the document's text; null where the query needs nothing of it here */
    public FoundDocument(WorldState.Entry entry, @Nullable String json) {
        this.entry = entry;
        this.document = json == null ? null : read(json);
    }

    /** A value that is kept as it was put; empty if it is no document: no {@link StrictJson} or with two members of one name. */
    public static Optional<FoundDocument> ofStored(WorldState.Entry entry) {
        Optional<String> json = StrictJson.object(entry.value().value());
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new FoundDocument(entry, (JsonObject) JsonReader.read(json.get(), JsonLimits.USUAL)));
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }

    private FoundDocument(WorldState.Entry entry, JsonObject document) {
        this.entry = entry;
        this.document = document;
    }

    private static JsonObject read(String json) {
        try {
            return (JsonObject) JsonReader.read(json, JsonLimits.USUAL);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("the database holds JSON that cannot be read", e);
        }
    }

    /** Whether it has all the fields that are sorted by; a query does not find it otherwise. */
    public boolean isSortable(MangoQuery query) {
        return query.sort().stream().allMatch(path -> path.in(document()) instanceof FieldPath.Place.Value);
    }

    /** Whether it matches the selector. */
    public boolean matches(MangoQuery query) {
        return Matching.matches(query.selector(), entry.key().key(), document());
    }

    /** Where it stands in the query's order. */
    public Position position(MangoQuery query) {
        List<byte[]> sortKeys = new ArrayList<>();
        for (FieldPath path : query.sort()) {
            if (!(path.in(document()) instanceof FieldPath.Place.Value found)) {
                throw new IllegalStateException("the database found a document without a field that is sorted by");
            }
            sortKeys.add(Collation.key(found.value()));
        }
        return new Position(sortKeys, entry.key().key());
    }

    /** What the query wants of it. */
    public Documents.Answer answer(MangoQuery query) {
        if (query.fields().isEmpty()) {
            return new Documents.Answer(entry, position(query));
        }
        ByteString value = Projection.of(document(), query.fields().get());
        VersionedValue whole = entry.value();
        return new Documents.Answer(
                new WorldState.Entry(entry.key(), new VersionedValue(value, whole.metadata(), whole.version())),
                position(query));
    }

    private JsonObject document() {
        JsonObject found = document;
        if (found == null) {
            throw new IllegalStateException("the query needs the document's text");
        }
        return found;
    }
}
