package org.jangbu.model.query;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonWriter;

/**
 * What {@code fields} leaves of a document, as bytes: JSON without white space, members sorted, as a Fabric peer writes what CouchDB
 * answers. What is not there is left out.
 */
final class Projection {
    private Projection() {}

    static ByteString of(JsonObject document, List<FieldPath> fields) {
        Node root = new Node();
        for (FieldPath field : fields) {
            if (!field.startsAtKey() && field.in(document) instanceof FieldPath.Place.Value found) {
                root.put(field.names(), found.value());
            }
        }
        return ByteString.copyFromUtf8(JsonWriter.text(root.object(), JsonForm.GO));
    }

    /** An object that is being put together, or a value taken over whole. */
    private static final class Node {
        private final Map<String, Object> members = new HashMap<>();

        private void put(List<String> names, JsonValue value) {
            Object inner = members.get(names.get(0));
            if (names.size() == 1) {
                members.put(names.get(0), value);
            } else if (inner instanceof Node node) {
                node.put(names.subList(1, names.size()), value);
            } else if (inner == null) {
                Node node = new Node();
                node.put(names.subList(1, names.size()), value);
                members.put(names.get(0), node);
            }
        }

        private JsonObject object() {
            Map<String, JsonValue> whole = new HashMap<>();
            members.forEach((name, member) ->
                    whole.put(name, member instanceof Node node ? node.object() : (JsonValue) member));
            return new JsonObject(whole);
        }
    }
}
