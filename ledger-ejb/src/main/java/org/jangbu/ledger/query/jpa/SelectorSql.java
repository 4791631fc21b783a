package org.jangbu.ledger.query.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jangbu.model.query.Condition;
import org.jangbu.model.query.Condition.All;
import org.jangbu.model.query.Condition.Any;
import org.jangbu.model.query.Condition.At;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.Operator;

/**
 * Conditions as SQL over a row {@code s} that has a document. The text is made of constants of this class alone; names and values become
 * parameters. A regular expression is left to {@link org.jangbu.model.query.Matching}: the clause then lets through what might match.
 */
final class SelectorSql {
    private static final String DOCUMENT = "s.value_json";

    private final Parameters parameters;
    private final Predicate<FieldPath> indexed;
    private final OperatorSql operators;

    /** @param indexed which fields have an index; the clauses then also say so that it can be used */
    SelectorSql(Parameters parameters, Predicate<FieldPath> indexed) {
        this.parameters = parameters;
        this.indexed = indexed;
        this.operators = new OperatorSql(parameters, this::inElement);
    }

    /** The condition on the row's document. May be NULL where it does not hold. */
    Clause of(Condition condition) {
        return condition(condition, DOCUMENT, false);
    }

    /** What is at a path of the row's document; NULL if nothing is. */
    String field(FieldPath path) {
        return field(DOCUMENT, path);
    }

    private Clause inElement(Condition condition, String element) {
        return condition(condition, element, true);
    }

    private Clause condition(Condition condition, String subject, boolean element) {
        if (condition instanceof All all) {
            return joined(all.conditions(), " AND ", subject, element);
        }
        if (condition instanceof Any any) {
            return joined(any.conditions(), " OR ", subject, element);
        }
        if (condition instanceof Condition.Not not) {
            Clause inner = condition(not.condition(), subject, element);
            return inner.exact() ? Clause.exact("NOT (" + inner.sql() + ")") : new Clause("true", false);
        }
        At at = (At) condition;
        if (!element && at.path().startsAtKey()) {
            return at.path().names().size() > 1 ? Clause.FALSE : new KeySql(parameters).of(at.operator());
        }
        if (at.operator() instanceof Operator.Exists exists && !exists.wanted()) {
            return Clause.exact("coalesce(" + absent(subject, at.path()) + ", false)");
        }
        String field = field(subject, at.path());
        Clause clause = operators.of(at.operator(), field);
        if (element) {
            return new Clause("coalesce(" + clause.sql() + ", false)", clause.exact());
        }
        return indexed.test(at.path())
                ? new Clause(new IndexedSql(parameters).of(at.operator(), field, clause.sql()), clause.exact())
                : clause;
    }

    private Clause joined(List<Condition> conditions, String by, String subject, boolean element) {
        if (conditions.isEmpty()) {
            return Clause.TRUE;
        }
        List<Clause> clauses = conditions.stream()
                .map(each -> condition(each, subject, element))
                .toList();
        return new Clause(
                "(" + String.join(by, clauses.stream().map(Clause::sql).toList()) + ")",
                clauses.stream().allMatch(Clause::exact));
    }

    /** The last value along the path is an object that lacks the next name. Each value has a name here, or a long path would be repeated for each. */
    private String absent(String subject, FieldPath path) {
        if (path.names().isEmpty()) {
            return "false";
        }
        StringBuilder values = new StringBuilder("(SELECT " + subject + " AS v0) AS p0");
        List<String> outwards = new ArrayList<>();
        String last = "v0";
        for (String name : path.names()) {
            outwards.add(0, last);
            String next = "v" + outwards.size();
            values.append(
                    " CROSS JOIN LATERAL (SELECT " + step(last, name) + " AS " + next + ") AS p" + outwards.size());
            last = next;
        }
        return "(SELECT " + last + " IS NULL AND jsonb_typeof(coalesce(" + String.join(", ", outwards)
                + ")) = 'object' FROM " + values + ")";
    }

    private String field(String subject, FieldPath path) {
        String value = subject;
        for (String name : path.names()) {
            value = step(value, name);
        }
        return value;
    }

    private String step(String outer, String name) {
        String parameter = "cast(" + parameters.add(name) + " AS text)";
        return FieldPath.isIndex(name)
                ? "(" + outer + " #> ARRAY[" + parameter + "])"
                : "(" + outer + " -> " + parameter + ")";
    }
}
