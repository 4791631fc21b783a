package org.jangbu.model.query;

import java.util.List;
import org.jangbu.model.query.Condition.All;
import org.jangbu.model.query.Condition.Any;
import org.jangbu.model.query.Condition.At;
import org.jangbu.model.query.Condition.Not;
import org.jangbu.model.query.Operator.Compare;

/**
 * Moves negations inwards, down to the operators, as CouchDB does before it looks at documents. It makes a difference: {@code {"$not":
 * {"a": 1}}} becomes {@code {"a": {"$ne": 1}}}, which a document without {@code a} does not match. CouchDB leaves alone what is asked of
 * elements, and so does this.
 */
final class Negations {
    private Negations() {}

    static Condition inward(Condition condition) {
        if (condition instanceof Not not) {
            return negated(not.condition());
        }
        if (condition instanceof All all) {
            return new All(all.conditions().stream().map(Negations::inward).toList());
        }
        if (condition instanceof Any any) {
            return new Any(any.conditions().stream().map(Negations::inward).toList());
        }
        return condition;
    }

    private static Condition negated(Condition condition) {
        if (condition instanceof Not not) {
            return inward(not.condition());
        }
        if (condition instanceof All all) {
            return new Any(negated(all.conditions()));
        }
        if (condition instanceof Any any) {
            return new All(negated(any.conditions()));
        }
        At at = (At) condition;
        return new At(at.path(), negated(at.operator()));
    }

    private static List<Condition> negated(List<Condition> conditions) {
        return conditions.stream().map(Negations::negated).toList();
    }

    private static Operator negated(Operator operator) {
        if (operator instanceof Compare compare) {
            return new Compare(compare.comparison().negated(), compare.value());
        }
        if (operator instanceof Operator.In in) {
            return new Operator.NotIn(in.values());
        }
        if (operator instanceof Operator.NotIn notIn) {
            return new Operator.In(notIn.values());
        }
        if (operator instanceof Operator.Exists exists) {
            return new Operator.Exists(!exists.wanted());
        }
        return new Operator.Negated(operator);
    }
}
