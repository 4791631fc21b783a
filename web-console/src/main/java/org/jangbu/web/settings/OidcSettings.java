package org.jangbu.web.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The settings of OpenID Connect, read once and checked; empty texts are what is not set. */
public record OidcSettings(
        String issuer,
        String claim,
        String audience,
        String clientId,
        String clientSecret,
        String redirect,
        String scope,
        Duration clockSkew) {
    private static final int LARGEST_SKEW = 600;

    /**
     * Reads every setting.
     *
     * @param source the value of a key, if it is set
     * @throws IllegalArgumentException naming the setting that makes no sense or is missing beside another
     */
    public static OidcSettings read(Function<String, Optional<String>> source) {
        OidcSettings settings = new OidcSettings(
                text(WebSetting.OIDC_ISSUER, source),
                text(WebSetting.OIDC_CLAIM, source),
                text(WebSetting.OIDC_AUDIENCE, source),
                text(WebSetting.OIDC_CLIENT_ID, source),
                text(WebSetting.OIDC_CLIENT_SECRET, source),
                text(WebSetting.OIDC_REDIRECT, source),
                text(WebSetting.OIDC_SCOPE, source),
                skew(text(WebSetting.OIDC_CLOCK_SKEW, source)));
        if (!settings.clientId().isEmpty() && settings.redirect().isEmpty()) {
            throw new IllegalArgumentException(
                    WebSetting.OIDC_REDIRECT.key() + " is needed beside " + WebSetting.OIDC_CLIENT_ID.key());
        }
        if (settings.issuer().isEmpty() && !(settings.clientId() + settings.audience()).isEmpty()) {
            throw new IllegalArgumentException(WebSetting.OIDC_ISSUER.key() + " is not set");
        }
        return settings;
    }

    private static String text(WebSetting setting, Function<String, Optional<String>> source) {
        return source.apply(setting.key()).orElse(setting.defaultValue()).strip();
    }

    private static Duration skew(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 0 && seconds <= LARGEST_SKEW) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(WebSetting.OIDC_CLOCK_SKEW.key() + " is no number: " + text, e);
        }
        throw new IllegalArgumentException(
                WebSetting.OIDC_CLOCK_SKEW.key() + " must be from 0 to " + LARGEST_SKEW + ": " + text);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "OpenID Connect by " + issuer;
    }
}
