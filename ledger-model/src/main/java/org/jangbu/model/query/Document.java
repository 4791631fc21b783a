package org.jangbu.model.query;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue.JsonObject;

/** A JSON object that a key holds, as queries see it. */
public record Document(String key, JsonObject content) {
    /** A value as it was put; empty if it is no document: no {@link StrictJson} or with two members of one name. */
    public static Optional<Document> of(String key, ByteString value) {
        Optional<String> json = StrictJson.object(value);
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(parse(key, json.get()));
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }

    /** An object's text. */
    public static Document parse(String key, String json) throws JsonSyntaxException {
        return new Document(key, (JsonObject) JsonReader.read(json, JsonLimits.USUAL));
    }

    /** Whether it has all the fields that are sorted by; a query does not find it otherwise. */
    public boolean isSortable(MangoQuery query) {
        return query.sort().stream().allMatch(path -> path.in(content) instanceof FieldPath.Place.Value);
    }

    /** Whether it matches the selector. */
    public boolean matches(MangoQuery query) {
        return Matching.matches(query.selector(), key, content);
    }

    /** Where it stands in the query's order. */
    public Position position(MangoQuery query) {
        List<byte[]> sortKeys = new ArrayList<>();
        for (FieldPath path : query.sort()) {
            if (!(path.in(content) instanceof FieldPath.Place.Value found)) {
                throw new IllegalStateException("a document without a field that is sorted by has no position");
            }
            sortKeys.add(Collation.key(found.value()));
        }
        return new Position(sortKeys, key);
    }

    /** What the query wants of it; empty if that is the value as it was put. */
    public Optional<ByteString> projection(MangoQuery query) {
        return query.fields().map(fields -> Projection.of(content, fields));
    }
}
