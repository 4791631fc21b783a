package org.jangbu.ledger.query;

import org.jangbu.model.json.JsonValue;

/** The order that the evaluator compares by, for tests outside of this package. */
public final class OrderOfValues {
    private OrderOfValues() {}

    public static int compare(JsonValue a, JsonValue b) {
        return Collation.compare(a, b);
    }

    public static boolean has(JsonValue document, FieldPath path) {
        return path.in(document) instanceof FieldPath.Place.Value;
    }
}
