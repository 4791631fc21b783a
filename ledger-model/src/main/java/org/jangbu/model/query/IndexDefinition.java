package org.jangbu.model.query;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonWriter;

/**
 * An index that a package brings along for its chaincode's queries, as CouchDB's files describe it. What it is called, in which direction it
 * sorts and which documents it leaves out make no difference here.
 *
 * @param fields one to eight
 */
public record IndexDefinition(List<FieldPath> fields) {
    /** Most bytes of a file. */
    public static final int MAX_BYTES = 64 << 10;

    private static final int MOST_FIELDS = 8;
    private static final int MOST_BYTES_OF_FIELDS = 2_000;

    public IndexDefinition {
        fields = List.copyOf(fields);
    }

    /** Reads a file; refuses in words what Fabric's tools refuse, and what no index could be made of. */
    public static IndexDefinition parse(byte[] json) throws QueryException {
        boolean described = false;
        List<FieldPath> fields = List.of();
        for (Map.Entry<String, JsonValue> member :
                QueryReader.object("the file of an index", text(json)).members().entrySet()) {
            switch (member.getKey()) {
                case "index" -> {
                    described = true;
                    fields = fields(member.getValue());
                }
                case "ddoc", "name" -> requireText(member.getKey(), member.getValue());
                case "type" -> {
                    if (!member.getValue().equals(new JsonText("json"))) {
                        throw new QueryException("an index's type must be json");
                    }
                }
                default -> throw new QueryException("an index has no member '" + Quoted.brief(member.getKey()) + "'");
            }
        }
        if (!described) {
            throw new QueryException("an index must have a member 'index' with its fields");
        }
        IndexDefinition definition = new IndexDefinition(fields);
        if (definition.text().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_FIELDS) {
            throw new QueryException("the fields of an index have at most " + MOST_BYTES_OF_FIELDS + " bytes");
        }
        return definition;
    }

    /** What was parsed, in the form that is parsed; the same for the same fields. */
    public String text() {
        return JsonWriter.text(
                new JsonArray(fields.stream()
                        .<JsonValue>map(field -> new JsonArray(field.names().stream()
                                .<JsonValue>map(JsonText::new)
                                .toList()))
                        .toList()),
                JsonForm.GO);
    }

    private static String text(byte[] json) throws QueryException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new QueryException("an index's file is not UTF-8", e);
        }
    }

    private static List<FieldPath> fields(JsonValue index) throws QueryException {
        if (!(index instanceof JsonObject object)) {
            throw new QueryException("'index' must be an object");
        }
        List<FieldPath> fields = List.of();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            switch (member.getKey()) {
                case "fields" -> fields = SortFields.read(member.getValue()).paths();
                case "partial_filter_selector" -> {
                    if (!(member.getValue() instanceof JsonObject selector)) {
                        throw new QueryException("'partial_filter_selector' must be an object");
                    }
                    SelectorReader.read(selector);
                }
                default -> throw new QueryException("an index has no member '" + Quoted.brief(member.getKey()) + "'");
            }
        }
        if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
            throw new QueryException("an index must have one to " + MOST_FIELDS + " fields");
        }
        return fields;
    }

    private static void requireText(String name, JsonValue value) throws QueryException {
        if (!(value instanceof JsonText)) {
            throw new QueryException("'" + name + "' must be a string");
        }
    }

    /** The fields as {@link #text} spells them. */
    public static List<FieldPath> fieldsOf(String text) throws QueryException {
        try {
            JsonArray fields = (JsonArray) JsonReader.read(text, QueryLimits.JSON);
            return fields.elements().stream()
                    .map(field -> new FieldPath(((JsonArray) field)
                            .elements().stream()
                                    .map(name -> ((JsonText) name).text())
                                    .toList()))
                    .toList();
        } catch (JsonSyntaxException e) {
            throw new QueryException("no fields: " + e.getMessage(), e);
        }
    }
}
