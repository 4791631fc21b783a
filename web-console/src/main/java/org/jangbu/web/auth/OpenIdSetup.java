package org.jangbu.web.auth;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.jangbu.web.oidc.OpenIdConnect;
import org.jangbu.web.settings.OidcSettings;

/** OpenID Connect as the server's settings want it. */
@Dependent
public class OpenIdSetup {
    @Produces
    @Singleton
    OpenIdConnect openIdConnect(Config config) {
        return OpenIdConnect.of(
                OidcSettings.read(key -> config.getOptionalValue(key, String.class)), Clock.systemUTC());
    }
}
