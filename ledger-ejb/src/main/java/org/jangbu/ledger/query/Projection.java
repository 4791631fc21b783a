package org.jangbu.ledger.query;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;

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
        StringBuilder text = new StringBuilder();
        root.write(text);
        return ByteString.copyFromUtf8(text.toString());
    }

    /** An object that is being put together, or a value taken over whole. */
    private static final class Node {
        private final SortedMap<String, Object> members = new TreeMap<>(Utf8Order.COMPARATOR);

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

        private void write(StringBuilder text) {
            CompactJson.members(text, members, (out, member) -> {
                if (member instanceof Node node) {
                    node.write(out);
                } else {
                    CompactJson.write(out, (JsonValue) member);
                }
            });
        }
    }
}
