package org.jangbu.ledger.query.jpa;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.model.query.Collation;
import org.jangbu.model.query.Condition;
import org.jangbu.model.query.Operator;

/** Operators as SQL over a {@code jsonb} expression; where that is NULL, they are false or NULL. */
final class OperatorSql {
    private final Parameters parameters;
    private final BiFunction<Condition, String, Clause> elements;
    private int aliases;

    /** @param elements what a condition is for an element, given as an expression; never NULL */
    OperatorSql(Parameters parameters, BiFunction<Condition, String, Clause> elements) {
        this.parameters = parameters;
        this.elements = elements;
    }

    Clause of(Operator operator, String value) {
        if (operator instanceof Operator.Compare compare) {
            return Clause.exact(compare(compare, value));
        }
        if (operator instanceof Operator.Negated negated) {
            Clause inner = of(negated.operator(), value);
            return new Clause(
                    value + " IS NOT NULL" + (inner.exact() ? " AND NOT coalesce(" + inner.sql() + ", false)" : ""),
                    inner.exact());
        }
        if (operator instanceof Operator.In in) {
            return in.values().isEmpty() ? Clause.FALSE : Clause.exact(in(in.values(), value));
        }
        if (operator instanceof Operator.NotIn notIn) {
            String present = value + " IS NOT NULL";
            return Clause.exact(
                    notIn.values().isEmpty() ? present : present + " AND NOT (" + in(notIn.values(), value) + ")");
        }
        if (operator instanceof Operator.Exists) {
            return Clause.exact(value + " IS NOT NULL");
        }
        if (operator instanceof Operator.HasType hasType) {
            return Clause.exact("jsonb_typeof(" + value + ") = " + parameters.add(hasType.type()));
        }
        if (operator instanceof Operator.Regex) {
            return new Clause("jsonb_typeof(" + value + ") = 'string'", false);
        }
        if (operator instanceof Operator.BeginsWith beginsWith) {
            return Clause.exact(where(
                    "string", value, "starts_with(" + text(value) + ", " + parameters.add(beginsWith.prefix()) + ")"));
        }
        if (operator instanceof Operator.Mod mod) {
            return Clause.exact(where("number", value, mod(mod, "cast(" + value + " AS numeric)")));
        }
        return container(operator, value);
    }

    private Clause container(Operator operator, String value) {
        if (operator instanceof Operator.Size size) {
            return Clause.exact(where("array", value, "jsonb_array_length(" + value + ") = " + numeric(size.size())));
        }
        if (operator instanceof Operator.HoldsAll holdsAll) {
            return holdsAll.values().isEmpty()
                    ? Clause.FALSE
                    : Clause.exact(where("array", value, holdsAll(holdsAll.values(), value)));
        }
        String alias = "e" + ++aliases;
        if (operator instanceof Operator.SomeElement some) {
            Clause inner = elements.apply(some.condition(), alias + ".v");
            return new Clause(
                    where("array", value, "EXISTS (" + elementsOf(value, alias) + " WHERE " + inner.sql() + ")"),
                    inner.exact());
        }
        if (operator instanceof Operator.EveryElement every) {
            Clause inner = elements.apply(every.condition(), alias + ".v");
            return new Clause(
                    where(
                            "array",
                            value,
                            "jsonb_array_length(" + value + ") > 0 AND NOT EXISTS (" + elementsOf(value, alias)
                                    + " WHERE NOT (" + inner.sql() + "))"),
                    inner.exact());
        }
        Operator.SomeName someName = (Operator.SomeName) operator;
        Clause inner = elements.apply(someName.condition(), "to_jsonb(" + alias + ".v)");
        return new Clause(
                where(
                        "object",
                        value,
                        "EXISTS (SELECT FROM jsonb_object_keys(" + value + ") AS " + alias + "(v) WHERE " + inner.sql()
                                + ")"),
                inner.exact());
    }

    private String compare(Operator.Compare compare, String value) {
        String symbol = compare.comparison().symbol();
        return switch (compare.comparison()) {
            case EQUAL, NOT_EQUAL -> value + " " + symbol + " " + json(compare.value());
            default ->
                "ledger.json_key(" + value + ") " + symbol + " " + parameters.add(Collation.key(compare.value()));
        };
    }

    private String in(List<JsonValue> values, String value) {
        String wanted = array(values);
        return "CASE jsonb_typeof(" + value + ") WHEN 'array' THEN EXISTS (" + elementsOf(value, "i")
                + " WHERE i.v = ANY (" + wanted + ")) ELSE " + value + " = ANY (" + wanted + ") END";
    }

    private String holdsAll(List<JsonValue> values, String value) {
        String all = "NOT EXISTS (SELECT FROM unnest(" + array(values) + ") AS w(v) WHERE NOT EXISTS ("
                + elementsOf(value, "i") + " WHERE i.v = w.v))";
        return values.size() == 1 && values.get(0) instanceof JsonArray
                ? "(" + all + " OR " + value + " = " + json(values.get(0)) + ")"
                : all;
    }

    private String mod(Operator.Mod mod, String number) {
        return number + " = trunc(" + number + ") AND " + number + " % " + numeric(mod.divisor()) + " = "
                + numeric(mod.remainder());
    }

    /** A condition that only makes sense for one type; false for all others. */
    private static String where(String type, String value, String condition) {
        return "CASE WHEN jsonb_typeof(" + value + ") = '" + type + "' THEN " + condition + " ELSE false END";
    }

    private static String elementsOf(String array, String alias) {
        return "SELECT FROM jsonb_array_elements(" + array + ") AS " + alias + "(v)";
    }

    private static String text(String value) {
        return value + " #>> cast(ARRAY[] AS text[])";
    }

    private String json(JsonValue value) {
        return "cast(" + parameters.add(spelt(value)) + " AS jsonb)";
    }

    private String array(List<JsonValue> values) {
        return "cast(" + parameters.add(values.stream().map(OperatorSql::spelt).toArray(String[]::new))
                + " AS jsonb[])";
    }

    private String numeric(BigInteger number) {
        return "cast(" + parameters.add(number.toString()) + " AS numeric)";
    }

    private static String spelt(JsonValue value) {
        return JsonWriter.text(value, JsonForm.GO);
    }
}
