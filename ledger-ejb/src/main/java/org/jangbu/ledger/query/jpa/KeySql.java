package org.jangbu.ledger.query.jpa;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.query.Matching;
import org.jangbu.model.query.Operator;

/** Operators on {@code _id}, which is the row's key: a string, kept as bytes, never NULL. */
final class KeySql {
    private final Parameters parameters;

    KeySql(Parameters parameters) {
        this.parameters = parameters;
    }

    Clause of(Operator operator) {
        if (operator instanceof Operator.Compare compare && compare.value() instanceof JsonText text) {
            return Clause.exact("s.key " + compare.comparison().symbol() + " " + parameters.add(bytes(text.text())));
        }
        if (operator instanceof Operator.In in) {
            return Clause.exact(in(in.values()));
        }
        if (operator instanceof Operator.NotIn notIn) {
            return Clause.exact("NOT (" + in(notIn.values()) + ")");
        }
        if (operator instanceof Operator.BeginsWith beginsWith) {
            return beginsWith.prefix().isEmpty() ? Clause.TRUE : Clause.exact(begins(bytes(beginsWith.prefix())));
        }
        if (operator instanceof Operator.Regex) {
            return new Clause("true", false);
        }
        if (operator instanceof Operator.Negated negated) {
            Clause inner = of(negated.operator());
            return inner.exact() ? Clause.exact("NOT (" + inner.sql() + ")") : inner;
        }
        // All others say the same of every string.
        return Clause.of(Matching.passesAnyText(operator));
    }

    private String in(List<JsonValue> values) {
        byte[][] keys = values.stream()
                .filter(JsonText.class::isInstance)
                .map(value -> bytes(((JsonText) value).text()))
                .toArray(byte[][]::new);
        return keys.length == 0 ? "false" : "s.key = ANY (" + parameters.add(keys) + ")";
    }

    private String begins(byte[] prefix) {
        byte[] end = prefix.clone();
        end[end.length - 1]++; // never 0xFF in UTF-8
        return "(s.key >= " + parameters.add(prefix) + " AND s.key < " + parameters.add(end) + ")";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
