package org.jangbu.web.rest;

import java.time.Duration;
import org.jangbu.web.access.Names;
import org.jangbu.web.event.EventLimits;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.settings.WebSettings;
import org.jspecify.annotations.Nullable;

/** The bounds on what callers may send and ask for. */
public final class Limits {
    private final WebSettings settings;

    public Limits(WebSettings settings) {
        this.settings = settings;
    }

    public int jsonBytes() {
        return settings.jsonLimit();
    }

    public int messageBytes() {
        return settings.messageLimit();
    }

    /** Largest JSON body that carries a message of the largest size in Base64. */
    public int messageJsonBytes() {
        return (int) Math.min(Integer.MAX_VALUE, settings.messageLimit() * 4L / 3 + 1024);
    }

    /** Most bytes of request bodies in memory at once. */
    public int bodyMemory() {
        return settings.bodyMemory();
    }

    public int arguments() {
        return settings.argumentLimit();
    }

    /** What readers of events may take. */
    public EventLimits events() {
        return settings.events();
    }

    /** How many blocks a page shall hold: as asked for, within the limit. */
    public int page(@Nullable String asked) {
        return asked == null
                ? Math.min(20, settings.pageLimit())
                : (int) Names.number("limit", asked, 1, settings.pageLimit());
    }

    /** How long to wait for a commit: as asked for in seconds, within the limit; the limit itself where nothing is asked. */
    public Duration wait(@Nullable String asked) {
        return asked == null ? settings.commitWait() : waitOr(asked, Duration.ZERO);
    }

    /** The same, with another duration where nothing is asked. */
    public Duration waitOr(@Nullable String asked, Duration otherwise) {
        return asked == null
                ? otherwise
                : Duration.ofSeconds(
                        Names.number("wait", asked, 0, settings.commitWait().toSeconds()));
    }

    /** Refuses more arguments than allowed. */
    public void checkArguments(String member, int count) {
        if (count > settings.argumentLimit()) {
            throw Problem.of(
                            ProblemCode.INVALID_BODY,
                            member + " holds more than " + settings.argumentLimit() + " entries")
                    .with("member", member)
                    .exception();
        }
    }
}
