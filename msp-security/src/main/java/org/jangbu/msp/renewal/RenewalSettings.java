package org.jangbu.msp.renewal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.msp.settings.MspSetting;

/**
 * How certificates are renewed.
 *
 * @param newKeys whether a renewed certificate is for a new key, where the key is a file
 * @param period how often files are looked at
 * @param https the store behind HTTPS, if the server has one
 * @param tlsNode whose TLS files that store is made from
 */
public record RenewalSettings(
        RenewalRule rule, boolean newKeys, Duration period, Optional<HttpsStore> https, Optional<String> tlsNode) {

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if a value is none; the message names the key
     */
    public static RenewalSettings read(Function<String, Optional<String>> configuration) {
        Values values = new Values(configuration);
        String share = values.text(MspSetting.RENEWAL_SHARE);
        RenewalRule rule;
        try {
            rule = new RenewalRule(
                    Double.parseDouble(share),
                    values.duration(MspSetting.RENEWAL_RETRY),
                    values.duration(MspSetting.RENEWAL_LONGEST_RETRY));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(MspSetting.RENEWAL_SHARE.key() + " is not a number: " + share, e);
        }
        return new RenewalSettings(
                rule,
                values.newKeys(),
                values.duration(MspSetting.RENEWAL_PERIOD),
                configuration
                        .apply(MspSetting.TLS_KEYSTORE.key())
                        .map(file -> new HttpsStore(
                                Path.of(file),
                                configuration
                                        .apply(MspSetting.TLS_PASSWORD.key())
                                        .orElse(""))),
                configuration.apply(MspSetting.TLS_NODE.key()).filter(node -> !node.isBlank()));
    }

    private record Values(Function<String, Optional<String>> configuration) {
        String text(MspSetting setting) {
            return configuration.apply(setting.key()).orElse(setting.defaultValue());
        }

        Duration duration(MspSetting setting) {
            try {
                Duration duration = Duration.parse(text(setting));
                if (duration.isNegative() || duration.isZero()) {
                    throw new IllegalArgumentException(setting.key() + " must be above zero: " + text(setting));
                }
                return duration;
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(setting.key() + " is not a duration: " + text(setting), e);
            }
        }

        boolean newKeys() {
            String value = text(MspSetting.RENEWAL_KEY);
            return switch (value) {
                case "new" -> true;
                case "same" -> false;
                default ->
                    throw new IllegalArgumentException(
                            MspSetting.RENEWAL_KEY.key() + " must be new or same, not " + value);
            };
        }
    }
}
