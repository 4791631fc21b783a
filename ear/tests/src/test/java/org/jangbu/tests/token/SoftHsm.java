package org.jangbu.tests.token;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fresh token of SoftHSM. Its library reads the file that the environment variable {@code SOFTHSM2_CONF} names, which the build sets. */
final class SoftHsm {
    static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    static final String PIN = "2468";

    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");

    private final String slot;

    private SoftHsm(String slot) {
        this.slot = slot;
    }

    /** Makes a token, before anything has loaded the library; without SoftHSM the test ends here, as skipped. */
    static SoftHsm newToken(String label) throws IOException, InterruptedException {
        assumeTrue(Files.isRegularFile(LIBRARY), "no SoftHSM here; Debian package: softhsm2");
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = Files.createDirectories(configuration.resolveSibling("tokens"));
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        Process process = new ProcessBuilder(
                        "softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "13579")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = SLOT.matcher(output);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0 || !matcher.find()) {
            throw new IOException("no token could be made: " + output);
        }
        return new SoftHsm(matcher.group(1));
    }

    String slot() {
        return slot;
    }

    /** Puts a key into the token, with the certificate by which Java finds it. */
    void store(String alias, PrivateKey key, Certificate certificate) throws Exception {
        Provider provider = Security.getProvider("SunPKCS11")
                .configure("--name=test-" + slot + "\nlibrary=" + LIBRARY + "\nslot=" + slot + "\n");
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, PIN.toCharArray());
        store.setKeyEntry(alias, key, null, List.of(certificate).toArray(Certificate[]::new));
    }
}
