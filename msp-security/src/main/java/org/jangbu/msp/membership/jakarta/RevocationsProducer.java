package org.jangbu.msp.membership.jakarta;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jangbu.msp.membership.CrlFolders;
import org.jangbu.msp.membership.LocalRevocations;
import org.jangbu.msp.settings.MspSetting;

/** Opens what this server knows of revocations: the files below {@code jangbu.home}; a CA of this server adds itself. */
@Dependent
public class RevocationsProducer {
    /** The one instance of the application. */
    @Produces
    @Singleton
    public LocalRevocations revocations() {
        return open(ConfigProvider.getConfig());
    }

    static LocalRevocations open(Config config) {
        return config.getOptionalValue(MspSetting.HOME.key(), String.class)
                .filter(home -> !home.isBlank())
                .map(home -> new LocalRevocations(new CrlFolders(Path.of(home), System::nanoTime)))
                .orElseGet(LocalRevocations::new);
    }
}
