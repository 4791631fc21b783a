package org.jangbu.model.query;

import java.util.Map;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;

/** Which values a query may name: those that the state can hold as JSON. The database would fail at others. */
final class StoredValues {
    private StoredValues() {}

    static JsonValue checked(JsonValue value) throws QueryException {
        if (value instanceof JsonText text) {
            checkText(text.text());
        } else if (value instanceof JsonNumber number) {
            if (!Numbers.isBounded(number)) {
                throw new QueryException("a number is too large for a query");
            }
        } else if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                checked(element);
            }
        } else if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                checkText(member.getKey());
                checked(member.getValue());
            }
        }
        return value;
    }

    private static void checkText(String text) throws QueryException {
        if (text.indexOf('\0') >= 0) {
            throw new QueryException("a string holds U+0000, which no value that is queried can");
        }
    }
}
