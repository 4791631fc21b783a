package org.jangbu.msp.renewal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Which files of a keystore a renewal has written or made superfluous, and when. Only those are ever deleted: a key that an administrator has
 * put there for later is none of them. Kept in the file {@code former-keys.properties} of the MSP's folder.
 */
final class FormerKeys {
    /** Long enough to go back by hand. */
    static final Duration KEPT = Duration.ofDays(1);

    private final Path file;
    private final Path keystore;

    FormerKeys(Path msp) {
        this.file = msp.resolve("former-keys.properties");
        this.keystore = msp.resolve("keystore");
    }

    /** Notes files; to be done before the new key is there, so that no key is ever left of which nobody knows. */
    List<WriteStep> noting(List<String> names, Instant now) throws IOException {
        Properties noted = read();
        noted.stringPropertyNames().stream()
                .filter(name -> !Files.exists(keystore.resolve(name)))
                .forEach(noted::remove);
        names.forEach(name -> noted.setProperty(name, now.toString()));
        StringWriter text = new StringWriter();
        noted.store(text, null);
        Path draft = file.resolveSibling(".former-keys");
        return List.of(
                WriteStep.draft(draft, text.toString().getBytes(StandardCharsets.UTF_8)), WriteStep.move(draft, file));
    }

    /**
     * Deletes noted keys that have not been in use for a while.
     *
     * @param used the file of the key in use, which stays
     * @return the names of the deleted
     */
    List<String> remove(String used, Instant now) throws IOException {
        List<String> removed = new ArrayList<>();
        Properties noted = read();
        for (String name : noted.stringPropertyNames()) {
            Path key = keystore.resolve(name).normalize();
            boolean within = keystore.normalize().equals(key.getParent());
            if (within && !name.equals(used) && isOld(noted.getProperty(name), now) && Files.deleteIfExists(key)) {
                removed.add(name);
            }
        }
        return removed;
    }

    private static boolean isOld(String since, Instant now) {
        try {
            return Instant.parse(since).plus(KEPT).isBefore(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private Properties read() throws IOException {
        Properties noted = new Properties();
        if (Files.exists(file)) {
            noted.load(new StringReader(Files.readString(file)));
        }
        return noted;
    }
}
