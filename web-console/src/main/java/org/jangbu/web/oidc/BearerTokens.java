package org.jangbu.web.oidc;

/** Access tokens that callers of REST send with each request. */
public final class BearerTokens {
    private final TokenVerifier verifier;
    private final String claim;

    BearerTokens(TokenVerifier verifier, String claim) {
        this.verifier = verifier;
        this.claim = claim;
    }

    /**
     * The enrolment id that the issuer vouches for.
     *
     * @throws TokenRefusedException why the token proves nothing
     * @throws IssuerUnavailableException if that cannot be told for now
     */
    public String enrollmentId(String token) throws TokenRefusedException, IssuerUnavailableException {
        return verifier.verify(token).text(claim);
    }
}
