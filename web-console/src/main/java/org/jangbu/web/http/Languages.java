package org.jangbu.web.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The languages of the console: as chosen before (a cookie), else as the browser prefers, else English. */
public final class Languages {
    /** Where texts are kept, by language. */
    public static final String BUNDLE = "org.jangbu.web.console.Messages";

    private static final String COOKIE = "jangbu-language";
    private static final Locale DEFAULT = Locale.ENGLISH;
    private static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.KOREAN);

    private Languages() {}

    /** The languages there are. */
    public static List<Locale> known() {
        return KNOWN;
    }

    /** The language to answer a request in. */
    public static Locale of(HttpServletRequest request) {
        return chosen(request.getCookies()).orElseGet(() -> preferred(request.getHeader("Accept-Language")));
    }

    /** The texts of a language. */
    public static ResourceBundle texts(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The known language of a tag such as {@code ko}. */
    public static Optional<Locale> find(@Nullable String tag) {
        return KNOWN.stream().filter(known -> known.toLanguageTag().equals(tag)).findFirst();
    }

    /** Has the browser remember a choice for a year. */
    public static void remember(HttpServletRequest request, HttpServletResponse response, Locale chosen) {
        Cookie cookie = new Cookie(COOKIE, chosen.toLanguageTag());
        cookie.setPath(request.getContextPath() + "/");
        cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }

    private static Optional<Locale> chosen(Cookie @Nullable [] cookies) {
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(COOKIE)) {
                return find(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static Locale preferred(@Nullable String header) {
        if (header == null || header.length() > 1000) {
            return DEFAULT;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(header), KNOWN);
            return best == null ? DEFAULT : best;
        } catch (IllegalArgumentException e) {
            // A header that names no languages expresses no preference.
            return DEFAULT;
        }
    }
}
