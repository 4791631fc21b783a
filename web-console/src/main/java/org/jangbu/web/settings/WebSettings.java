package org.jangbu.web.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.web.event.EventLimits;

/** The settings' values, read once and checked. */
public record WebSettings(
        Duration commitWait,
        int jsonLimit,
        int messageLimit,
        int argumentLimit,
        int pageLimit,
        int bodyMemory,
        EventLimits events) {
    /** Well within what proxies wait for. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /**
     * Reads every setting.
     *
     * @param source the value of a key, if it is set
     * @throws IllegalArgumentException naming the setting whose value is not a positive number
     */
    public static WebSettings read(Function<String, Optional<String>> source) {
        return new WebSettings(
                Duration.ofSeconds(positive(WebSetting.COMMIT_WAIT, source)),
                positive(WebSetting.JSON_LIMIT, source),
                positive(WebSetting.MESSAGE_LIMIT, source),
                positive(WebSetting.ARGUMENT_LIMIT, source),
                positive(WebSetting.PAGE_LIMIT, source),
                positive(WebSetting.BODY_MEMORY, source),
                new EventLimits(
                        positive(WebSetting.EVENT_STREAMS, source),
                        positive(WebSetting.EVENT_STREAMS_PER_CALLER, source),
                        positive(WebSetting.EVENT_BYTES, source),
                        Duration.ofSeconds(positive(WebSetting.EVENT_PATIENCE, source)),
                        KEEP_ALIVE,
                        Duration.ofSeconds(positive(WebSetting.EVENT_LIFETIME, source))));
    }

    private static int positive(WebSetting setting, Function<String, Optional<String>> source) {
        String text = source.apply(setting.key()).orElse(setting.defaultValue()).strip();
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(setting.key() + " is no number: " + text, e);
        }
        throw new IllegalArgumentException(setting.key() + " must be above zero: " + text);
    }
}
