package org.jangbu.model.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;

/** Fields in an order, as queries and the definitions of indexes list them: names, or objects of a name and a direction. */
record SortFields(List<FieldPath> paths, boolean descending) {
    SortFields {
        paths = List.copyOf(paths);
    }

    static SortFields read(JsonValue value) throws QueryException {
        if (!(value instanceof JsonArray array)) {
            throw new QueryException("the fields to sort by are no array");
        }
        List<FieldPath> paths = new ArrayList<>();
        int backwards = 0;
        for (JsonValue each : array.elements()) {
            if (each instanceof JsonText text) {
                paths.add(FieldPath.parse(text.text()));
            } else if (each instanceof JsonObject object && object.members().size() == 1) {
                Map.Entry<String, JsonValue> field =
                        object.members().entrySet().iterator().next();
                paths.add(FieldPath.parse(field.getKey()));
                backwards += backwards(field.getValue()) ? 1 : 0;
            } else {
                throw new QueryException("a field to sort by is a name, or an object of a name and asc or desc");
            }
        }
        if (backwards > 0 && backwards < paths.size()) {
            throw new QueryException("the directions to sort in must be all asc or all desc");
        }
        if (paths.stream().anyMatch(path -> path.startsAtKey() && path.names().size() > 1)) {
            throw new QueryException("_id has no fields to sort by");
        }
        return new SortFields(paths, backwards > 0);
    }

    private static boolean backwards(JsonValue direction) throws QueryException {
        if (direction.equals(new JsonText("desc"))) {
            return true;
        }
        if (direction.equals(new JsonText("asc"))) {
            return false;
        }
        throw new QueryException("a direction to sort in is asc or desc");
    }
}
