package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jangbu.web.http.Languages;
import org.jangbu.web.http.RequestPath;

/** What every page needs: the visitor's language and name, and how things are worded. */
@Named("page")
@RequestScoped
public class ConsolePage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Inject
    HttpServletRequest request;

    public Locale getLocale() {
        return Languages.of(request);
    }

    public String getLanguage() {
        return getLocale().toLanguageTag();
    }

    public List<Locale> getLanguages() {
        return Languages.known();
    }

    /** Name of whoever is signed in; empty for nobody. */
    public String getUser() {
        Principal principal = request.getUserPrincipal();
        return principal == null ? "" : principal.getName();
    }

    /** Where the language switch leads back to. */
    public String getBack() {
        RequestPath path = RequestPath.of(request);
        String here = path.path().replaceFirst("\\.xhtml$", "") + (path.query().isEmpty() ? "" : "?" + path.query());
        return RequestPath.local(here).orElse("");
    }

    /** What a validation code means, in words; a code of a later release has none of its own. */
    public String meaning(String validationCode) {
        ResourceBundle texts = Languages.texts(getLocale());
        String key = "code." + validationCode;
        return texts.getString(texts.containsKey(key) ? key : "code.OTHER");
    }

    /** A time in UTC; empty where there is none. */
    public String time(Optional<Instant> time) {
        return time.map(TIME::format).orElse("");
    }

    /** The same in the form that machines read. */
    public String machineTime(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }

    /** A key of the world state in readable parts; more than one for a composite key. */
    public List<String> keyParts(String key) {
        return KeyText.parts(key);
    }

    /** The head of a hash, enough to recognise it. */
    public String brief(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) : hash;
    }
}
