package org.jangbu.model.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;
import org.jspecify.annotations.Nullable;

/** Reads the text of a query, member by member; a member that CouchDB does not know is refused as there. */
final class QueryReader {
    private @Nullable Condition selector;
    private List<FieldPath> sort = List.of();
    private boolean descending;
    private Optional<List<FieldPath>> fields = Optional.empty();
    private int skip;
    private String bookmark = "";

    private QueryReader() {}

    static MangoQuery read(String text) throws QueryException {
        QueryReader reader = new QueryReader();
        for (Map.Entry<String, JsonValue> member :
                object("the query", text).members().entrySet()) {
            reader.member(member.getKey(), member.getValue());
        }
        Condition selector = reader.selector;
        if (selector == null) {
            throw new QueryException("the query has no selector");
        }
        return new MangoQuery(selector, reader.sort, reader.descending, reader.fields, reader.skip, reader.bookmark);
    }

    /** A JSON object within the bounds of queries. */
    static JsonObject object(String what, String text) throws QueryException {
        if (text.length() > QueryLimits.TEXT) {
            throw new QueryException(what + " has more than " + QueryLimits.TEXT + " characters");
        }
        try {
            if (JsonReader.read(text, QueryLimits.JSON) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonSyntaxException e) {
            throw new QueryException(what + " cannot be read: " + e.getMessage(), e);
        }
        throw new QueryException(what + " is no JSON object");
    }

    private void member(String name, JsonValue value) throws QueryException {
        switch (name) {
            case "selector" -> {
                if (!(value instanceof JsonObject object)) {
                    throw new QueryException("selector is no object");
                }
                selector = SelectorReader.read(object);
            }
            case "sort" -> sort(value);
            case "fields" -> fields = Optional.of(fields(value));
            case "skip" -> skip = count(name, value);
            case "limit" -> count(name, value);
            case "bookmark" -> bookmark = bookmark(value);
            case "use_index" -> useIndex(value);
            case "r" -> count(name, value);
            case "conflicts", "update", "stable", "execution_stats", "allow_fallback" -> {
                if (!(value instanceof JsonTruth)) {
                    throw new QueryException(name + " is neither true nor false");
                }
            }
            case "stale" -> {
                if (!(value instanceof JsonTruth || value instanceof JsonText)) {
                    throw new QueryException("stale is neither ok nor false");
                }
            }
            default -> throw new QueryException("a query has no member '" + Quoted.brief(name) + "'");
        }
    }

    private static int count(String name, JsonValue value) throws QueryException {
        return Numbers.integer(value)
                .filter(number -> number.signum() >= 0 && number.bitLength() < Integer.SIZE)
                .orElseThrow(() -> new QueryException(name + " is no integer of 0 or more"))
                .intValue();
    }

    private static String bookmark(JsonValue value) throws QueryException {
        if (value instanceof JsonNull) {
            return "";
        }
        if (value instanceof JsonText text) {
            return text.text();
        }
        throw new QueryException("bookmark is no string");
    }

    private void sort(JsonValue value) throws QueryException {
        SortFields read = SortFields.read(value);
        if (read.paths().size() > QueryLimits.SORT_FIELDS) {
            throw new QueryException("a query is sorted by at most " + QueryLimits.SORT_FIELDS + " fields");
        }
        // Nothing is left to order behind the key, which is unique and the last criterion anyway.
        sort = read.paths().stream().takeWhile(path -> !path.startsAtKey()).toList();
        descending = read.descending();
    }

    private static List<FieldPath> fields(JsonValue value) throws QueryException {
        if (!(value instanceof JsonArray array)) {
            throw new QueryException("fields definition must be an array");
        }
        if (array.elements().size() > QueryLimits.FIELDS) {
            throw new QueryException("fields has at most " + QueryLimits.FIELDS + " elements");
        }
        List<FieldPath> paths = new ArrayList<>();
        for (JsonValue each : array.elements()) {
            if (!(each instanceof JsonText text)) {
                throw new QueryException("fields holds something that is no string");
            }
            paths.add(FieldPath.parse(text.text()));
        }
        return paths;
    }

    /** A design document, and maybe an index in it. */
    private static void useIndex(JsonValue value) throws QueryException {
        boolean names = value instanceof JsonText || value instanceof JsonNull;
        if (value instanceof JsonArray array) {
            names = array.elements().size() <= 2
                    && array.elements().stream().allMatch(element -> element instanceof JsonText);
        }
        if (!names) {
            throw new QueryException("use_index is no index's name");
        }
    }
}
