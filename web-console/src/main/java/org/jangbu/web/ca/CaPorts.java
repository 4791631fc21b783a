package org.jangbu.web.ca;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.jangbu.web.settings.WebSetting;

/** Which port of the configuration a request has come in by: all ports of a server may be moved at once. */
@ApplicationScoped
public class CaPorts {
    @Inject
    Config config;

    int configured(int localPort) {
        return localPort
                - Integer.parseInt(config.getOptionalValue(WebSetting.CA_PORT_OFFSET.key(), String.class)
                        .orElse(WebSetting.CA_PORT_OFFSET.defaultValue()));
    }
}
