package org.jangbu.quickstart.machine;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The secrets of one installation: made at random when first asked for, then kept in one file that only its owner may read. Nothing here is ever a default
 * that another installation would share.
 */
public final class Secrets {
    private static final int BYTES = 24;

    private final Path file;
    private final Properties values = new Properties();
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path file) {
        this.file = file;
    }

    /** Opens the secrets kept in a file, which need not exist yet. */
    public static Secrets in(Path file) throws IOException {
        Secrets secrets = new Secrets(file);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                secrets.values.load(reader);
            }
        }
        return secrets;
    }

    /** The secret of that name: 48 hexadecimal digits. */
    public synchronized String get(String name) throws IOException {
        String known = values.getProperty(name);
        if (known != null) {
            return known;
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String made = HexFormat.of().formatHex(bytes);
        values.setProperty(name, made);
        save();
        return made;
    }

    private void save() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = OwnerOnly.create(file.resolveSibling(file.getFileName() + ".new"));
        try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            values.store(writer, "Secrets of this installation. Keep them to yourself.");
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
