package org.jangbu.msp.realm.jakarta;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jangbu.msp.log.MspLog;
import org.jangbu.msp.realm.IdentityStoreException;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.msp.settings.MspSetting;

/** Opens the managed identities of this server, in {@code identities} below {@code jangbu.home}; without a secret there are none. */
@Dependent
public class ManagedIdentitiesProducer {
    /** The one instance of the application. */
    @Produces
    @Singleton
    public ManagedIdentities managedIdentities() {
        return open(ConfigProvider.getConfig());
    }

    static ManagedIdentities open(Config config) {
        Optional<String> home = value(config, MspSetting.HOME);
        Optional<String> secret = value(config, MspSetting.IDENTITIES_SECRET);
        if (home.isEmpty() || secret.isEmpty()) {
            MspLog.LOG.noManagedIdentities((home.isEmpty() ? MspSetting.HOME : MspSetting.IDENTITIES_SECRET).key());
            return ManagedIdentities.none();
        }
        Path folder = Path.of(home.get()).resolve("identities");
        try {
            return ManagedIdentities.open(folder, secret.get(), Clock.systemUTC());
        } catch (IOException e) {
            throw new IdentityStoreException("the managed identities in " + folder + " cannot be opened", e);
        }
    }

    private static Optional<String> value(Config config, MspSetting setting) {
        return config.getOptionalValue(setting.key(), String.class).filter(text -> !text.isBlank());
    }
}
