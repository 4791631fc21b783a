package org.jangbu.web.oidc;

import java.time.Clock;
import java.util.Optional;
import org.jangbu.web.settings.OidcSettings;

/**
 * What is set up of OpenID Connect.
 *
 * @param bearer where REST takes bearer tokens
 * @param console where the console offers to sign in at the issuer
 */
public record OpenIdConnect(Optional<BearerTokens> bearer, Optional<CodeFlow> console) {
    /**
     * Sets up what the settings ask for; the issuer is asked nothing yet.
     *
     * @throws IllegalArgumentException naming a setting that makes no sense
     */
    public static OpenIdConnect of(OidcSettings settings, Clock clock) {
        if (settings.issuer().isEmpty()) {
            return new OpenIdConnect(Optional.empty(), Optional.empty());
        }
        IssuerDocuments documents = new IssuerDocuments();
        Issuer issuer = new Issuer(settings.issuer(), documents, clock);
        Optional<BearerTokens> bearer = settings.audience().isEmpty()
                ? Optional.empty()
                : Optional.of(new BearerTokens(
                        new TokenVerifier(issuer, settings.audience(), settings.clockSkew(), clock), settings.claim()));
        Optional<CodeFlow> console = settings.clientId().isEmpty()
                ? Optional.empty()
                : Optional.of(new CodeFlow(
                        issuer,
                        documents,
                        new TokenVerifier(issuer, settings.clientId(), settings.clockSkew(), clock),
                        settings));
        return new OpenIdConnect(bearer, console);
    }
}
