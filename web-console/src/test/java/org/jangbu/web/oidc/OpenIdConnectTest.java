package org.jangbu.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jangbu.web.oidc.CodeFlow.Answer;
import org.jangbu.web.oidc.CodeFlow.Attempt;
import org.jangbu.web.settings.OidcSettings;
import org.jangbu.web.testing.StandInIssuer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, good and bad, and the code flow, against an issuer that stands in for a real one. */
class OpenIdConnectTest {
    private static final String USER = "User1@org1.example.com";
    private static final String REDIRECT = "https://ledger.example.com/sign-in/oidc/callback";

    private final MovedClock clock = new MovedClock();
    private StandInIssuer issuer;
    private BearerTokens bearer;
    private CodeFlow flow;

    @BeforeEach
    void start() throws Exception {
        issuer = StandInIssuer.start(0, REDIRECT);
        OpenIdConnect openId = OpenIdConnect.of(settings(issuer.name()), clock);
        bearer = openId.bearer().orElseThrow();
        flow = openId.console().orElseThrow();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void a_token_of_the_issuer_names_the_caller() throws Exception {
        assertThat(bearer.enrollmentId(issuer.accessToken(USER))).isEqualTo(USER);
        assertThat(bearer.enrollmentId(
                        issuer.accessToken(USER, claims -> claims.setAudience("another", StandInIssuer.AUDIENCE))))
                .isEqualTo(USER);
        for (String algorithm :
                List.of(AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA512)) {
            assertThat(bearer.enrollmentId(
                            StandInIssuer.signed(issuer.claims(StandInIssuer.AUDIENCE, USER), issuer.key(), algorithm)))
                    .isEqualTo(USER);
        }
        assertThat(issuer.keysAsked()).as("the keys are kept").isEqualTo(1);
    }

    @Test
    void clocks_may_differ_by_the_skew_and_no_more() throws Exception {
        assertThat(bearer.enrollmentId(expiring(-55))).isEqualTo(USER);
        assertRefused(expiring(-65), "expired");
        assertThat(bearer.enrollmentId(notBefore(55))).isEqualTo(USER);
        assertRefused(notBefore(65), "not valid yet");
        String token = issuer.accessToken(USER);
        clock.offset = Duration.ofMinutes(7);
        assertRefused(token, "expired");
    }

    @Test
    void a_token_for_others_or_of_others_is_refused() throws Exception {
        assertRefused(changed(claims -> claims.setAudience("another")), "another audience");
        assertRefused(changed(claims -> claims.setAudience(StandInIssuer.CLIENT)), "another audience");
        assertRefused(changed(claims -> claims.unsetClaim("aud")), "another audience");
        assertRefused(changed(claims -> claims.setIssuer("https://evil.example.com")), "another issuer");
        assertRefused(changed(claims -> claims.setIssuer(issuer.name() + "/")), "another issuer");
        assertRefused(changed(claims -> claims.unsetClaim("iss")), "another issuer");
        assertRefused(changed(claims -> claims.unsetClaim("exp")), "lacks");
        assertRefused(changed(claims -> claims.unsetClaim("sub")), "lacks");
        assertRefused(changed(claims -> claims.unsetClaim("preferred_username")), "no claim preferred_username");
        assertRefused(changed(claims -> claims.setClaim("preferred_username", List.of(USER))), "is no text");
        assertRefused(changed(claims -> claims.setClaim("exp", "soon")), "lacks");
    }

    @Test
    void a_token_that_was_tampered_with_is_refused() throws Exception {
        String[] parts = issuer.accessToken("mallory").split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = base64(claims.replace("mallory", USER));
        assertRefused(parts[0] + "." + other + "." + parts[2], "signature");
        assertRefused(parts[0] + "." + parts[1] + "." + base64("another signature"), "sign");
        assertRefused(parts[0] + "." + parts[1] + ".", "sign");
        assertRefused(base64("{\"alg\":\"RS512\",\"kid\":\"first\"}") + "." + parts[1] + "." + parts[2], "signature");
    }

    @Test
    void only_algorithms_with_public_keys_are_taken() throws Exception {
        JwtClaims claims = issuer.claims(StandInIssuer.AUDIENCE, USER);
        assertRefused(base64("{\"alg\":\"none\"}") + "." + base64(claims.toJson()) + ".", "not signed in a way");
        assertRefused(base64("{\"alg\":\"NONE\"}") + "." + base64(claims.toJson()) + ".", "not signed in a way");
        assertRefused(base64("{}") + "." + base64(claims.toJson()) + ".", "not signed in a way");
        JsonWebSignature hmac = new JsonWebSignature();
        hmac.setPayload(claims.toJson());
        hmac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        hmac.setKeyIdHeaderValue("first");
        hmac.setKey(new HmacKey(issuer.key().getPublicKey().getEncoded()));
        assertRefused(hmac.getCompactSerialization(), "not signed in a way");
    }

    @Test
    void a_key_of_somebody_else_counts_for_nothing_even_under_the_same_name() throws Exception {
        JwtClaims claims = issuer.claims(StandInIssuer.AUDIENCE, USER);
        PublicJsonWebKey same = StandInIssuer.newKey(issuer.key().getKeyId());
        assertRefused(StandInIssuer.signed(claims, same, AlgorithmIdentifiers.RSA_USING_SHA256), "signature");
        PublicJsonWebKey unknown = StandInIssuer.newKey("unknown");
        assertRefused(StandInIssuer.signed(claims, unknown, AlgorithmIdentifiers.RSA_USING_SHA256), "not the issuer's");
        JsonWebSignature carriesItsKey = new JsonWebSignature();
        carriesItsKey.setPayload(claims.toJson());
        carriesItsKey.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        carriesItsKey.getHeaders().setJwkHeaderValue("jwk", unknown);
        carriesItsKey.setKey(unknown.getPrivateKey());
        assertRefused(carriesItsKey.getCompactSerialization(), "sign");
        PublicJsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        curve.setKeyId("first");
        assertRefused(
                StandInIssuer.signed(claims, curve, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256),
                "not the issuer's");
    }

    @Test
    void garbage_is_refused() {
        for (String token : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "a.b.c.d.e",
                "\u0000.\u0000.\u0000",
                "é.é.é",
                "x".repeat(100_000),
                "=.=.=")) {
            assertRefused(token, "sign");
        }
        assertRefused(base64("{\"alg\":\"RS256\",\"kid\":" + "[".repeat(5_000)) + ".e30.e30", "sign");
        assertRefused(base64("[]") + ".e30.e30", "sign");
    }

    @Test
    void a_new_key_is_asked_for_but_strangers_cannot_make_the_server_ask_without_end() throws Exception {
        assertThat(bearer.enrollmentId(issuer.accessToken(USER))).isEqualTo(USER);
        issuer.rotate();
        clock.offset = Duration.ofSeconds(31);
        assertThat(bearer.enrollmentId(issuer.accessToken(USER))).isEqualTo(USER);
        assertThat(issuer.keysAsked()).isEqualTo(2);
        PublicJsonWebKey unknown = StandInIssuer.newKey("unknown");
        for (int i = 0; i < 20; i++) {
            assertRefused(
                    StandInIssuer.signed(
                            issuer.claims(StandInIssuer.AUDIENCE, USER),
                            unknown,
                            AlgorithmIdentifiers.RSA_USING_SHA256),
                    "not the issuer's");
        }
        assertThat(issuer.keysAsked()).isEqualTo(2);
    }

    @Test
    void keys_that_an_issuer_withdrew_are_forgotten() throws Exception {
        String token = issuer.accessToken(USER, claims -> claims.setExpirationTimeMinutesInTheFuture(60));
        assertThat(bearer.enrollmentId(token)).isEqualTo(USER);
        issuer.rotate();
        clock.offset = Duration.ofMinutes(11);
        assertRefused(token, "not the issuer's");
    }

    @Test
    void an_issuer_that_is_away_is_no_reason_to_trust_or_to_forget_for_an_hour() throws Exception {
        String token = issuer.accessToken(USER, claims -> claims.setExpirationTimeMinutesInTheFuture(120));
        assertThat(bearer.enrollmentId(token)).isEqualTo(USER);
        issuer.close();
        clock.offset = Duration.ofMinutes(30);
        assertThat(bearer.enrollmentId(token)).isEqualTo(USER);
        clock.offset = Duration.ofMinutes(61);
        assertThatThrownBy(() -> bearer.enrollmentId(token)).isInstanceOf(IssuerUnavailableException.class);
        BearerTokens fresh =
                OpenIdConnect.of(settings(issuer.name()), clock).bearer().orElseThrow();
        assertThatThrownBy(() -> fresh.enrollmentId(token))
                .isInstanceOf(IssuerUnavailableException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void documents_that_no_issuer_should_give_are_not_used() throws Exception {
        String token = issuer.accessToken(USER);
        for (Map.Entry<String, String> bad : Map.of(
                        "/.well-known/openid-configuration", "{\"issuer\":\"https://evil.example.com\"}",
                        "/keys", "{\"keys\":\"none\"}")
                .entrySet()) {
            try (StandInIssuer other = StandInIssuer.start(0, REDIRECT)) {
                other.answer(bad.getKey(), bad.getValue());
                assertUnavailable(other, token);
                other.answer(bad.getKey(), "no JSON");
                assertUnavailable(other, token);
                other.answer(bad.getKey(), "{\"keys\":\"" + "x".repeat(300_000) + "\"}");
                assertUnavailable(other, token);
            }
        }
        try (StandInIssuer other = StandInIssuer.start(0, REDIRECT)) {
            other.answer(
                    "/.well-known/openid-configuration",
                    "{\"issuer\":\"" + other.name() + "\",\"authorization_endpoint\":\"" + other.name()
                            + "/authorize\",\"token_endpoint\":\"http://keys.example.com/token\",\"jwks_uri\":\""
                            + other.name() + "/keys\"}");
            assertUnavailable(other, token);
        }
    }

    @Test
    void a_shared_secret_in_a_key_set_is_no_key() throws Exception {
        byte[] secret = new byte[32];
        issuer.answer(
                "/keys",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"first\",\"k\":\""
                        + base64(new String(secret, StandardCharsets.ISO_8859_1)) + "\"},{\"kty\":\"new kind\"},7]}");
        assertRefused(issuer.accessToken(USER), "not the issuer's");
    }

    @Test
    void a_visitor_signs_in_at_the_issuer() throws Exception {
        issuer.nextUser(USER);
        Attempt attempt = flow.begin();
        assertThat(flow.enrollmentId(attempt, visit(attempt))).isEqualTo(USER);
    }

    @Test
    void an_answer_to_another_attempt_signs_nobody_in() throws Exception {
        issuer.nextUser(USER);
        Attempt mine = flow.begin();
        Attempt others = flow.begin();
        Answer answer = visit(others);
        assertFails(mine, answer, "another sign-in");
        assertFails(mine, new Answer(null, answer.code(), null), "another sign-in");
        assertFails(mine, new Answer(mine.state(), null, null), "signed nobody in");
        assertFails(others, new Answer(others.state(), answer.code(), "https://evil.example.com"), "another issuer");
        assertThatThrownBy(() -> flow.enrollmentId(mine, new Answer(mine.state(), answer.code(), null)))
                .as("somebody else's code, for which the verifier is missing")
                .isInstanceOf(IssuerUnavailableException.class);
        assertThatThrownBy(() -> flow.enrollmentId(others, answer))
                .as("a code counts once")
                .isInstanceOf(IssuerUnavailableException.class);
    }

    @Test
    void an_id_token_must_be_for_this_client_and_this_attempt() throws Exception {
        assertIdTokenRefused(claims -> claims.setStringClaim("nonce", "another"), "another sign-in");
        assertIdTokenRefused(claims -> claims.unsetClaim("nonce"), "no claim nonce");
        assertIdTokenRefused(claims -> claims.setAudience(StandInIssuer.AUDIENCE), "another audience");
        assertIdTokenRefused(claims -> claims.setAudience(StandInIssuer.CLIENT, "another"), "no claim azp");
        assertIdTokenRefused(claims -> claims.setStringClaim("azp", "another"), "another client");
        assertIdTokenRefused(claims -> claims.setExpirationTime(StandInIssuer.inSeconds(-120)), "expired");
        assertIdTokenRefused(claims -> claims.setIssuer("https://evil.example.com"), "another issuer");
    }

    @Test
    void nothing_secret_is_in_a_text_form() {
        Attempt attempt = flow.begin();
        assertThat(attempt.toString()).doesNotContain(attempt.state(), attempt.nonce(), attempt.verifier());
        assertThat(new Answer("s", "the code", null).toString()).doesNotContain("the code");
        assertThat(settings("https://issuer.example.com").toString()).doesNotContain(StandInIssuer.SECRET);
    }

    private void assertIdTokenRefused(Consumer<JwtClaims> change, String reason) throws Exception {
        issuer.nextUser(USER);
        issuer.changeIdTokens(change);
        Attempt attempt = flow.begin();
        assertFails(attempt, visit(attempt), reason);
    }

    private void assertFails(Attempt attempt, Answer answer, String reason) {
        assertThatThrownBy(() -> flow.enrollmentId(attempt, answer))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining(reason);
    }

    /** Does what a browser does: goes where it is sent, and reads where it is sent back to. */
    private Answer visit(Attempt attempt) throws Exception {
        HttpURLConnection browser =
                (HttpURLConnection) flow.address(attempt).toURL().openConnection();
        browser.setInstanceFollowRedirects(false);
        assertThat(browser.getResponseCode()).isEqualTo(302);
        URI back = URI.create(browser.getHeaderField("Location"));
        assertThat(back.toString()).startsWith(REDIRECT);
        Map<String, String> query = new HashMap<>();
        for (String pair : back.getQuery().split("&", -1)) {
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return new Answer(query.get("state"), query.get("code"), query.get("iss"));
    }

    private void assertRefused(String token, String reason) {
        assertThatThrownBy(() -> bearer.enrollmentId(token)).isInstanceOfSatisfying(TokenRefusedException.class, e -> {
            assertThat(e).hasMessageContaining(reason);
            assertThat(e.getMessage()).hasSizeLessThan(100);
        });
    }

    private void assertUnavailable(StandInIssuer other, String token) {
        BearerTokens tokens =
                OpenIdConnect.of(settings(other.name()), clock).bearer().orElseThrow();
        assertThatThrownBy(() -> tokens.enrollmentId(token)).isInstanceOf(IssuerUnavailableException.class);
    }

    private String changed(Consumer<JwtClaims> change) throws Exception {
        return issuer.accessToken(USER, change);
    }

    private String expiring(long seconds) throws Exception {
        return changed(claims -> claims.setExpirationTime(StandInIssuer.inSeconds(seconds)));
    }

    private String notBefore(long seconds) throws Exception {
        return changed(claims -> claims.setNotBefore(StandInIssuer.inSeconds(seconds)));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static OidcSettings settings(String issuer) {
        Map<String, String> values = Map.of(
                "jangbu.oidc.issuer", issuer,
                "jangbu.oidc.audience", StandInIssuer.AUDIENCE,
                "jangbu.oidc.client-id", StandInIssuer.CLIENT,
                "jangbu.oidc.client-secret", StandInIssuer.SECRET,
                "jangbu.oidc.redirect", REDIRECT);
        return OidcSettings.read(key -> Optional.ofNullable(values.get(key)));
    }

    private static final class MovedClock extends Clock {
        private Duration offset = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
