package org.jangbu.model.query;

import java.util.List;

/** What a selector asks of a document, or of an element in it. */
public sealed interface Condition {
    /** All of them hold; so does none at all. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** One of them holds; with none to choose from it holds as well, as in CouchDB. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** It does not hold. Left only within elements: elsewhere {@link Negations} has moved it into the operators. */
    record Not(Condition condition) implements Condition {}

    /** What is at a path passes an operator; where nothing is, nothing holds (but that it is absent). */
    record At(FieldPath path, Operator operator) implements Condition {}
}
