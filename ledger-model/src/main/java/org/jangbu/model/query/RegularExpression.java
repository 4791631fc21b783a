package org.jangbu.model.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jangbu.model.Quoted;

/**
 * A regular expression of RE2's syntax, which is Perl's without look-around and back references: whatever it is and whatever it is matched
 * with, the time grows no faster than the product of their lengths.
 */
public final class RegularExpression {
    private final String text;
    private final Pattern pattern;

    private RegularExpression(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static RegularExpression of(String text) throws QueryException {
        if (text.length() > QueryLimits.PATTERN_CHARACTERS) {
            throw new QueryException(
                    "a regular expression has at most " + QueryLimits.PATTERN_CHARACTERS + " characters");
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new QueryException(
                    "$regex takes no such regular expression: '" + Quoted.brief(text) + "' ("
                            + Quoted.brief(e.getDescription()) + ")",
                    e);
        }
        if (pattern.programSize() > QueryLimits.PATTERN_PROGRAM) {
            throw new QueryException("the regular expression repeats too much: '" + Quoted.brief(text) + "'");
        }
        return new RegularExpression(text, pattern);
    }

    /** Whether it is found anywhere. */
    boolean isIn(String value) {
        return pattern.matcher(value).find();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegularExpression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
