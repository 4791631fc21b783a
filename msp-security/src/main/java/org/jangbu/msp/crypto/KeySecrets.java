package org.jangbu.msp.crypto;

import java.util.Optional;
import java.util.function.Function;
import org.jangbu.msp.settings.MspSetting;

/**
 * What opens the keys of nodes. Does not print itself.
 *
 * @param secret of encrypted PEM and PKCS#12 files; empty if there is none
 * @param pin of the token; empty if there is none
 */
public record KeySecrets(String secret, String pin) {
    /** Enough for keys that lie in plain text. */
    public static final KeySecrets NONE = new KeySecrets("", "");

    /** From the server's configuration. */
    public static KeySecrets read(Function<String, Optional<String>> configuration) {
        return new KeySecrets(
                configuration.apply(MspSetting.KEY_SECRET.key()).orElse(""),
                configuration.apply(MspSetting.KEY_PIN.key()).orElse(""));
    }

    /** From system properties and environment variables, where no container is. */
    public static KeySecrets fromEnvironment() {
        return new KeySecrets(MspSetting.KEY_SECRET.fromEnvironment(), MspSetting.KEY_PIN.fromEnvironment());
    }

    @Override
    public String toString() {
        return "secrets of keys";
    }
}
