package org.jangbu.cli.run;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;
import org.jangbu.model.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints: text for people, or one JSON object for programs. Standard error has progress, and whatever went wrong. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Output {
    /** The forms. */
    public enum Form {
        TEXT,
        JSON
    }

    @Option(
            names = {"-O", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            converter = FormConverter.class,
            description = "text or json. Default: ${DEFAULT-VALUE}")
    private Form form;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    static final class FormConverter implements picocli.CommandLine.ITypeConverter<Form> {
        @Override
        public Form convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "text" -> Form.TEXT;
                case "json" -> Form.JSON;
                default -> throw new picocli.CommandLine.TypeConversionException("must be text or json, not " + value);
            };
        }
    }

    public boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints the result: the text as it is, or the object. */
    public void print(String text, JsonValue json) {
        PrintWriter out = mixee.commandLine().getOut();
        if (isJson()) {
            out.print(JsonWriter.text(json));
        } else if (!text.isEmpty()) {
            out.println(text);
        }
        out.flush();
    }

    /** Prints facts, one a line, or as an object. */
    public void print(Facts facts) {
        print(facts.text(), facts.json());
    }

    /** Says on standard error what is going on, where somebody sits before it. */
    public void progress(String text) {
        if (Terminal.console().isPresent() && !isJson()) {
            PrintWriter err = mixee.commandLine().getErr();
            err.println(text);
            err.flush();
        }
    }

    /** Named values in order. */
    public static final class Facts {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        public Facts with(String name, String value) {
            members.put(name, new JsonText(value));
            return this;
        }

        public Facts with(String name, long value) {
            members.put(name, new JsonNumber(Long.toString(value)));
            return this;
        }

        public Facts with(String name, boolean value) {
            members.put(name, new JsonTruth(value));
            return this;
        }

        public Facts with(String name, List<String> values) {
            members.put(
                    name,
                    new JsonArray(values.stream()
                            .map(JsonText::new)
                            .map(JsonValue.class::cast)
                            .toList()));
            return this;
        }

        public Facts with(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        public JsonObject json() {
            return new JsonObject(members);
        }

        /** One fact a line. */
        public String text() {
            List<String> lines = new ArrayList<>();
            members.forEach((name, value) -> lines.add(name + ": " + Facts.text(value)));
            return String.join(System.lineSeparator(), lines);
        }

        private static String text(@Nullable JsonValue value) {
            if (value instanceof JsonText text) {
                return text.text();
            }
            if (value instanceof JsonNumber number) {
                return number.spelling();
            }
            if (value instanceof JsonTruth truth) {
                return Boolean.toString(truth.truth());
            }
            if (value instanceof JsonArray array) {
                return String.join(
                        ", ", array.elements().stream().map(Facts::text).toList());
            }
            return value == null || value instanceof JsonNull
                    ? ""
                    : JsonWriter.text(value).strip();
        }
    }
}
