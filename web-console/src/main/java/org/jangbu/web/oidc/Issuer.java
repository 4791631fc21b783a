package org.jangbu.web.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens: where it is asked, and with which keys it signs. Both are asked for when first needed and kept for ten minutes; an
 * issuer that is away is asked again after a while only, and what is known of it goes on for an hour. Thread-safe: one asks, others wait.
 */
final class Issuer {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration USABLE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST_KEYS = 100;

    private final String name;
    private final IssuerDocuments documents;
    private final Clock clock;
    private @Nullable Known known;
    private Instant lastTry = Instant.MIN;
    private String failure = "";

    /**
     * @param name the issuer's own name, which is also where its documents are found
     * @throws IllegalArgumentException if it is no HTTPS address
     */
    Issuer(String name, IssuerDocuments documents, Clock clock) {
        Endpoint.of(name);
        this.name = name;
        this.documents = documents;
        this.clock = clock;
    }

    /** Where a browser is sent, and where a code is exchanged. */
    record Endpoints(Endpoint authorization, Endpoint token) {}

    /** What the issuer said of itself at some moment; its keys, never a symmetric one. */
    record Known(Endpoints endpoints, List<JsonWebKey> keys, Instant at) {}

    String name() {
        return name;
    }

    /** Endpoints and keys, asked for again where they are older than ten minutes. */
    synchronized Known known() throws IssuerUnavailableException {
        Known now = known;
        if (now == null || isOlder(now, FRESH)) {
            askAgain();
        }
        return usable();
    }

    /** The same, newer than {@code seen}: for a key that is not among those. The same again if the issuer was asked a moment ago. */
    synchronized Known newerThan(Known seen) throws IssuerUnavailableException {
        if (seen.equals(known)) {
            askAgain();
        }
        return usable();
    }

    private Known usable() throws IssuerUnavailableException {
        Known now = known;
        if (now == null || isOlder(now, USABLE)) {
            throw new IssuerUnavailableException(failure);
        }
        return now;
    }

    private boolean isOlder(Known one, Duration age) {
        return one.at().isBefore(clock.instant().minus(age));
    }

    /** Strangers' tokens must not make this server ask without end. */
    private void askAgain() {
        Instant now = clock.instant();
        if (lastTry.isAfter(now.minus(PAUSE))) {
            return;
        }
        lastTry = now;
        try {
            known = ask(now);
        } catch (IssuerUnavailableException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    private Known ask(Instant now) throws IssuerUnavailableException {
        Map<String, Object> metadata = documents.get(Endpoint.of(name.replaceFirst("/$", "") + DISCOVERY));
        if (!name.equals(metadata.get("issuer"))) {
            throw new IssuerUnavailableException("the documents at " + name + " are another issuer's");
        }
        Endpoints endpoints =
                new Endpoints(endpoint(metadata, "authorization_endpoint"), endpoint(metadata, "token_endpoint"));
        return new Known(endpoints, keys(documents.get(endpoint(metadata, "jwks_uri"))), now);
    }

    private Endpoint endpoint(Map<String, Object> metadata, String member) throws IssuerUnavailableException {
        try {
            return Endpoint.of(String.valueOf(metadata.get(member)));
        } catch (IllegalArgumentException e) {
            throw new IssuerUnavailableException("the documents at " + name + " have no usable " + member, e);
        }
    }

    private List<JsonWebKey> keys(Map<String, Object> set) throws IssuerUnavailableException {
        if (!(set.get("keys") instanceof List<?> entries) || entries.size() > MOST_KEYS) {
            throw new IssuerUnavailableException("the key set of " + name + " is none, or too large");
        }
        return entries.stream()
                .filter(Map.class::isInstance)
                .map(entry -> publicKey((Map<?, ?>) entry))
                .flatMap(List::stream)
                .toList();
    }

    /** Keys of kinds that are not known here may stand in a set; nothing is checked with them. */
    private static List<JsonWebKey> publicKey(Map<?, ?> entry) {
        Map<String, Object> members = new java.util.HashMap<>();
        entry.forEach((key, value) -> members.put(String.valueOf(key), value));
        try {
            return JsonWebKey.Factory.newJwk(members) instanceof PublicJsonWebKey key ? List.of(key) : List.of();
        } catch (JoseException e) {
            return List.of();
        }
    }
}
