package org.jangbu.web.oidc;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Judges signed JSON web tokens of one issuer for one audience: signature by a key of the issuer, an algorithm of our own list, issuer,
 * audience, expiry. Thread-safe.
 */
public final class TokenVerifier {
    /** Signatures with public keys only: none without a signature, none with a shared secret. */
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384);

    private static final int LONGEST = 16 * 1024;

    private final Issuer issuer;
    private final String audience;
    private final Duration skew;
    private final Clock clock;

    TokenVerifier(Issuer issuer, String audience, Duration skew, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.skew = skew;
        this.clock = clock;
    }

    /**
     * What a token says, once it is proved to be the issuer's, for this audience and valid now.
     *
     * @throws TokenRefusedException why it is not
     * @throws IssuerUnavailableException if that cannot be told for now
     */
    Claims verify(String token) throws TokenRefusedException, IssuerUnavailableException {
        if (token.length() > LONGEST || token.chars().filter(c -> c == '.').count() != 2) {
            throw new TokenRefusedException("not a signed token");
        }
        Issuer.Known known = issuer.known();
        JsonWebKey key = key(token, known.keys());
        if (key == null) {
            Issuer.Known newer = issuer.newerThan(known);
            key = newer.equals(known) ? null : key(token, newer.keys());
        }
        if (key == null) {
            throw new TokenRefusedException("signed with a key that is not the issuer's");
        }
        return claims(token, key);
    }

    private static @Nullable JsonWebKey key(String token, List<JsonWebKey> keys) throws TokenRefusedException {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setAlgorithmConstraints(ALGORITHMS);
        try {
            signed.setCompactSerialization(token);
            ALGORITHMS.checkConstraint(String.valueOf(signed.getAlgorithmHeaderValue()));
            return new VerificationJwkSelector().selectWithVerifySignatureDisambiguate(signed, keys);
        } catch (JoseException e) {
            throw new TokenRefusedException("not signed in a way that is taken here", e);
        }
    }

    private Claims claims(String token, JsonWebKey key) throws TokenRefusedException {
        try {
            return new Claims(new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(ALGORITHMS)
                    .setVerificationKey(key.getKey())
                    .setExpectedIssuer(true, issuer.name())
                    .setExpectedAudience(true, audience)
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .setAllowedClockSkewInSeconds((int) skew.toSeconds())
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .build()
                    .processToClaims(token));
        } catch (InvalidJwtException e) {
            throw new TokenRefusedException(reason(e), e);
        }
    }

    /** In our own words: the library's quote the token. */
    private static String reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "the token has expired";
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is another issuer's";
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is for another audience";
        }
        if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return "the token's signature is wrong";
        }
        return "the token lacks what is needed, or cannot be read";
    }

    /** What a token says. */
    record Claims(JwtClaims all) {
        /** @throws TokenRefusedException if the token has no such text */
        String text(String claim) throws TokenRefusedException {
            try {
                String value = all.getStringClaimValue(claim);
                if (value != null) {
                    return value;
                }
            } catch (MalformedClaimException e) {
                throw new TokenRefusedException("the token's claim " + claim + " is no text", e);
            }
            throw new TokenRefusedException("the token has no claim " + claim);
        }

        /** The rules of an ID token that go beyond those of any token. */
        void requireIdTokenFor(String clientId, String nonce) throws TokenRefusedException {
            if (!nonce.equals(text("nonce"))) {
                throw new TokenRefusedException("the token answers another sign-in");
            }
            boolean several;
            try {
                several = all.getAudience().size() > 1;
            } catch (MalformedClaimException e) {
                throw new TokenRefusedException("the token's audience is none", e);
            }
            if ((several || all.hasClaim("azp")) && !Objects.equals(clientId, text("azp"))) {
                throw new TokenRefusedException("the token was made for another client");
            }
        }
    }
}
