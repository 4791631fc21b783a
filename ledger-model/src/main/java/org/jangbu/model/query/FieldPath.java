package org.jangbu.model.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;

/**
 * Where in a document a field is: names from the outside in, in a query's text with dots between them, {@code \.} being a dot in a name. A
 * name of digits also selects an element of an array. The empty path is the value itself.
 */
public record FieldPath(List<String> names) {
    static final FieldPath HERE = new FieldPath(List.of());
    private static final int INDEX_DIGITS = 9;

    /** The field that a document's key is, as in CouchDB. */
    private static final String ID = "_id";

    public FieldPath {
        names = List.copyOf(names);
    }

    /** What is at a path: a value, nothing though it could be there, or nothing since the path leads through something that has no fields. */
    sealed interface Place {
        /** A value, maybe null. */
        record Value(JsonValue value) implements Place {}

        /** An object has no such member. */
        record Absent() implements Place {}

        /** No object, or an array without such an element, where a member was to be looked up. */
        record NoWay() implements Place {}
    }

    private static final Place ABSENT = new Place.Absent();
    private static final Place NO_WAY = new Place.NoWay();

    /** Reads a field's name as queries spell it. */
    static FieldPath parse(String text) throws QueryException {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                names.add(name(name, text));
                name.setLength(0);
            } else if (c == '\\') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '.') {
                    name.append('.');
                    i++;
                }
            } else {
                name.append(c);
            }
        }
        names.add(name(name, text));
        if (names.size() > QueryLimits.PATH_NAMES) {
            throw new QueryException("a field's path has more than " + QueryLimits.PATH_NAMES + " names");
        }
        return new FieldPath(names);
    }

    private static String name(StringBuilder name, String text) throws QueryException {
        if (name.isEmpty()) {
            throw new QueryException("a field's name is empty: '" + Quoted.brief(text) + "'");
        }
        if (name.indexOf("\0") >= 0) {
            throw new QueryException("a field's name holds U+0000");
        }
        return name.toString();
    }

    FieldPath then(FieldPath inner) throws QueryException {
        List<String> all = new ArrayList<>(names);
        all.addAll(inner.names);
        if (all.size() > QueryLimits.PATH_NAMES) {
            throw new QueryException("a field's path has more than " + QueryLimits.PATH_NAMES + " names");
        }
        return new FieldPath(all);
    }

    /** Whether it is, or leads through, the document's key. */
    public boolean startsAtKey() {
        return !names.isEmpty() && names.get(0).equals(ID);
    }

    /** Whether the name also selects an element of an array. */
    public static boolean isIndex(String name) {
        return !name.isEmpty() && name.length() <= INDEX_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    Place in(JsonValue document) {
        JsonValue value = document;
        for (String name : names) {
            if (value instanceof JsonObject object) {
                JsonValue member = object.members().get(name);
                if (member == null) {
                    return ABSENT;
                }
                value = member;
            } else if (value instanceof JsonArray array && isIndex(name)) {
                int index = Integer.parseInt(name);
                if (index >= array.elements().size()) {
                    return NO_WAY;
                }
                value = array.elements().get(index);
            } else {
                return NO_WAY;
            }
        }
        return new Place.Value(value);
    }

    /** The document as selectors see it: its members, and its key under {@code _id}. */
    static JsonObject withKey(JsonObject document, String key) {
        Map<String, JsonValue> members = new LinkedHashMap<>(document.members());
        members.put(ID, new JsonValue.JsonText(key));
        return new JsonObject(members);
    }
}
