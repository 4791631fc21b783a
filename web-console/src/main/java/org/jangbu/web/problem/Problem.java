package org.jangbu.web.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jangbu.model.Quoted;

/**
 * One thing that went wrong.
 *
 * @param detail what happened this time, in words; never a stack trace, never a secret
 * @param members further members of the JSON object, in order: {@code transactionId}, {@code value}, {@code endorsements}, …
 */
public record Problem(ProblemCode code, String detail, Map<String, Object> members) {
    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A problem without further members. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, Map.of());
    }

    /** The same, with one more member; {@code value} is text, a number, a boolean, a record, or a list of these. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(code, detail, more);
    }

    /** The same, naming the value that offends, shortened and without control characters. */
    public Problem withValue(String value) {
        return with("value", Quoted.brief(value));
    }

    /** Seconds after which trying again makes sense; zero where it does not. */
    public int retryAfterSeconds() {
        return code == ProblemCode.UNAVAILABLE ? 2 : 0;
    }

    /** Throws it through code that has no other way to answer. */
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
