package org.jangbu.web.oidc;

import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jangbu.model.Sha256;
import org.jangbu.web.settings.OidcSettings;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow with PKCE: a visitor is sent to the issuer and comes back with a code, for which the issuer tells who it is.
 * Each attempt has a state, a nonce and a verifier of its own, kept in the visitor's session.
 */
public final class CodeFlow {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Issuer issuer;
    private final IssuerDocuments documents;
    private final TokenVerifier verifier;
    private final OidcSettings settings;
    private final SecureRandom random = new SecureRandom();

    CodeFlow(Issuer issuer, IssuerDocuments documents, TokenVerifier verifier, OidcSettings settings) {
        this.issuer = issuer;
        this.documents = documents;
        this.verifier = verifier;
        this.settings = settings;
    }

    /** One visitor's attempt. */
    public record Attempt(String state, String nonce, String verifier) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Never its secrets. */
        @Override
        public String toString() {
            return "attempt to sign in";
        }
    }

    /** What the issuer sends a visitor back with: the parameters of that names. */
    public record Answer(
            @Nullable String state,
            @Nullable String code,
            @Nullable String iss) {
        /** Never the code. */
        @Override
        public String toString() {
            return "answer of the issuer";
        }
    }

    /** A new attempt. */
    public Attempt begin() {
        return new Attempt(unguessable(), unguessable(), unguessable());
    }

    /** Where the visitor is sent. */
    public URI address(Attempt attempt) throws IssuerUnavailableException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", settings.redirect());
        query.put("scope", settings.scope());
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put(
                "code_challenge",
                BASE64.encodeToString(Sha256.digest().digest(attempt.verifier().getBytes(StandardCharsets.US_ASCII))));
        query.put("code_challenge_method", "S256");
        String address = issuer.known().endpoints().authorization().toString();
        return URI.create(address + (address.contains("?") ? "&" : "?") + form(query));
    }

    /**
     * The enrolment id of whoever comes back.
     *
     * @throws TokenRefusedException why the answer proves nothing
     * @throws IssuerUnavailableException if the issuer cannot be asked
     */
    public String enrollmentId(Attempt attempt, Answer answer)
            throws TokenRefusedException, IssuerUnavailableException {
        if (answer.state() == null || !same(attempt.state(), answer.state())) {
            throw new TokenRefusedException("the answer belongs to another sign-in");
        }
        if (answer.iss() != null && !answer.iss().equals(issuer.name())) {
            throw new TokenRefusedException("the answer is another issuer's");
        }
        if (answer.code() == null) {
            throw new TokenRefusedException("the issuer signed nobody in");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("grant_type", "authorization_code");
        query.put("code", answer.code());
        query.put("redirect_uri", settings.redirect());
        query.put("code_verifier", attempt.verifier());
        if (settings.clientSecret().isEmpty()) {
            query.put("client_id", settings.clientId());
        }
        Map<String, Object> tokens =
                documents.post(issuer.known().endpoints().token(), form(query), clientAuthorization());
        if (!(tokens.get("id_token") instanceof String idToken)) {
            throw new TokenRefusedException("the issuer gave no ID token");
        }
        TokenVerifier.Claims claims = verifier.verify(idToken);
        claims.requireIdTokenFor(settings.clientId(), attempt.nonce());
        return claims.text(settings.claim());
    }

    private String clientAuthorization() {
        return settings.clientSecret().isEmpty()
                ? ""
                : IssuerDocuments.basic(encoded(settings.clientId()), encoded(settings.clientSecret()));
    }

    private String unguessable() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
