package org.jangbu.web.grpc;

import java.util.Optional;
import java.util.function.Function;
import org.jangbu.web.settings.WebSetting;

/**
 * How much the gRPC face takes on, for each port by itself.
 *
 * @param bytes of messages that are arriving, being worked on, or not yet read by their receivers
 * @param callsPerConnection most calls at once on one connection
 */
public record GrpcLimits(int connections, int callsPerConnection, int calls, int messageBytes, long bytes) {
    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming the setting whose value is not a positive number
     */
    public static GrpcLimits read(Function<String, Optional<String>> source) {
        return new GrpcLimits(
                integer(WebSetting.GRPC_CONNECTIONS, source),
                integer(WebSetting.GRPC_CALLS_PER_CONNECTION, source),
                integer(WebSetting.GRPC_CALLS, source),
                integer(WebSetting.GRPC_MESSAGE_BYTES, source),
                positive(WebSetting.GRPC_BYTES, source));
    }

    private static int integer(WebSetting setting, Function<String, Optional<String>> source) {
        long value = positive(setting, source);
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(setting.key() + " is too large: " + value);
        }
        return (int) value;
    }

    private static long positive(WebSetting setting, Function<String, Optional<String>> source) {
        String text = source.apply(setting.key()).orElse(setting.defaultValue()).strip();
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(setting.key() + " is no number: " + text, e);
        }
        throw new IllegalArgumentException(setting.key() + " must be above zero: " + text);
    }
}
