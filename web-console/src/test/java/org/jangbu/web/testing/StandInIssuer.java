package org.jangbu.web.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * A small issuer: discovery, keys, the authorization endpoint (which signs in whoever {@link #nextUser} named, without asking) and the token
 * endpoint, strict about client, redirect address and PKCE.
 */
public final class StandInIssuer implements AutoCloseable {
    public static final String CLIENT = "jangbu-console";
    public static final String SECRET = "a+b/c=secret%20";
    public static final String AUDIENCE = "jangbu-rest";

    private final HttpServer server;
    private final String redirect;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, String> replaced = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile PublicJsonWebKey key;
    private volatile String user = "nobody";
    private volatile Consumer<JwtClaims> idTokenChange = claims -> {};

    private record Code(String user, String nonce, String challenge) {}

    private StandInIssuer(HttpServer server, String redirect, PublicJsonWebKey key) {
        this.server = server;
        this.redirect = redirect;
        this.key = key;
    }

    /**
     * Starts one on the loopback interface.
     *
     * @param port zero for any
     * @param redirect the only address to which it sends visitors back
     */
    public static StandInIssuer start(int port, String redirect) throws IOException, JoseException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        StandInIssuer issuer = new StandInIssuer(server, redirect, newKey("first"));
        server.createContext("/", issuer::handle);
        server.start();
        return issuer;
    }

    public String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who is at the browser from now on. */
    public void nextUser(String name) {
        user = name;
    }

    /** Signs with a new key from now on. */
    public void rotate() throws JoseException {
        key = newKey(UUID.randomUUID().toString());
    }

    /** How often its keys were asked for. */
    public int keysAsked() {
        return asked.get();
    }

    /** Answers something else at a path from now on. */
    public void answer(String path, String body) {
        replaced.put(path, body);
    }

    /** Changes ID tokens before they are signed. */
    public void changeIdTokens(Consumer<JwtClaims> change) {
        idTokenChange = change;
    }

    public static PublicJsonWebKey newKey(String id) throws JoseException {
        PublicJsonWebKey key = org.jose4j.jwk.RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        key.setUse("sig");
        return key;
    }

    public PublicJsonWebKey key() {
        return key;
    }

    /** An access token of this issuer for an enrolment id, five minutes long. */
    public String accessToken(String enrollmentId) throws JoseException {
        return accessToken(enrollmentId, claims -> {});
    }

    /** The same with other claims. */
    public String accessToken(String enrollmentId, Consumer<JwtClaims> change) throws JoseException {
        JwtClaims claims = claims(AUDIENCE, enrollmentId);
        change.accept(claims);
        return signed(claims, key, AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    /** The claims of a good token, to be signed some other way. */
    public JwtClaims claims(String audience, String enrollmentId) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(name());
        claims.setAudience(audience);
        claims.setSubject("subject of " + enrollmentId);
        claims.setIssuedAt(inSeconds(-600));
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("preferred_username", enrollmentId);
        return claims;
    }

    public static String signed(JwtClaims claims, PublicJsonWebKey key, String algorithm) throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setKey(key.getPrivateKey());
        return token.getCompactSerialization();
    }

    /** Seconds from now, as tokens tell time. */
    public static NumericDate inSeconds(long seconds) {
        NumericDate date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            String other = replaced.get(path);
            if (other != null) {
                send(exchange, 200, other);
            } else if (path.equals("/.well-known/openid-configuration")) {
                send(
                        exchange,
                        200,
                        JsonUtil.toJson(Map.of(
                                "issuer", name(),
                                "authorization_endpoint", name() + "/authorize",
                                "token_endpoint", name() + "/token",
                                "jwks_uri", name() + "/keys")));
            } else if (path.equals("/keys")) {
                asked.incrementAndGet();
                send(exchange, 200, new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            } else if (path.equals("/authorize")) {
                authorize(exchange);
            } else if (path.equals("/token")) {
                token(exchange);
            } else {
                send(exchange, 404, "{}");
            }
        } catch (JoseException e) {
            throw new IOException(e);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        boolean right = "code".equals(query.get("response_type"))
                && CLIENT.equals(query.get("client_id"))
                && redirect.equals(query.get("redirect_uri"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("scope", "").contains("openid");
        if (!right) {
            send(exchange, 400, "{\"error\":\"invalid_request\"}");
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(user, query.getOrDefault("nonce", ""), query.getOrDefault("code_challenge", "")));
        String state = URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        redirect + "?code=" + code + "&state=" + state + "&iss="
                                + URLEncoder.encode(name(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException, JoseException {
        Map<String, String> query = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Code code = codes.remove(query.getOrDefault("code", ""));
        if (code == null
                || !redirect.equals(query.get("redirect_uri"))
                || !"authorization_code".equals(query.get("grant_type"))
                || !code.challenge().equals(challenge(query.getOrDefault("code_verifier", "")))
                || !knows(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        JwtClaims claims = claims(CLIENT, code.user());
        claims.setStringClaim("nonce", code.nonce());
        idTokenChange.accept(claims);
        send(
                exchange,
                200,
                JsonUtil.toJson(Map.of(
                        "token_type", "Bearer",
                        "access_token", accessToken(code.user()),
                        "id_token", signed(claims, key, AlgorithmIdentifiers.RSA_USING_SHA256))));
    }

    private static boolean knows(String authorization) {
        String pair = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        return Objects.equals(
                authorization, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static String challenge(String verifier) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
