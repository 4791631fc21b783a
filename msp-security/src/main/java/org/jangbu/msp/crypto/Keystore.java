package org.jangbu.msp.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.Pkcs11Token.SlotName;
import org.jangbu.msp.crypto.Pkcs11Token.TokenPlace;
import org.jangbu.msp.log.MspLog;

/**
 * The folder {@code keystore} of a local MSP. Beside Fabric's PEM files it may hold PKCS#12 files ({@code .p12}, {@code .pfx}) and
 * {@code token.properties}, which says where a PKCS#11 token is: {@code library}, {@code slot} or {@code slotListIndex}, and, if it shall be
 * one key only, {@code alias}. Files of keys must be their owner's alone.
 */
public final class Keystore {
    private static final String TOKEN = "token.properties";
    private static final int MAX_FILES = 1000;

    private final Path folder;

    public Keystore(Path folder) {
        this.folder = folder;
    }

    /**
     * All keys, in the order of the files' names, so that two servers read the same.
     *
     * @throws IOException if one cannot be read or used; the message names the file and never holds any of it
     */
    public List<SigningKey> keys(KeySecrets secrets) throws IOException {
        return kept(secrets).stream().map(KeptKey::key).toList();
    }

    /** As {@link #keys}, each with the file that it came from. */
    public List<KeptKey> kept(KeySecrets secrets) throws IOException {
        List<KeptKey> keys = new ArrayList<>();
        for (Path file : files()) {
            try {
                read(file, secrets).forEach(key -> keys.add(new KeptKey(file, key)));
            } catch (InvalidKeyException e) {
                throw new IOException("the key " + file + " cannot be used: " + e.getMessage(), e);
            }
        }
        return keys;
    }

    /**
     * A key and where it is kept.
     *
     * @param file of the key itself, or {@code token.properties} of one in a token
     */
    public record KeptKey(Path file, SigningKey key) {
        /** Whether the key never leaves its token. */
        public boolean inToken() {
            return name().equals(TOKEN);
        }

        /** The name of the file. */
        public String name() {
            return String.valueOf(file.getFileName());
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
    }

    private static List<SigningKey> read(Path file, KeySecrets secrets) throws IOException, InvalidKeyException {
        if (Files.size(file) > Pem.MAX_LENGTH) {
            throw new IOException(file + " is longer than " + Pem.MAX_LENGTH + " bytes");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        byte[] content = Files.readAllBytes(file);
        if (name.equals(TOKEN)) {
            return inToken(content, secrets.pin());
        }
        if (name.endsWith(".p12") || name.endsWith(".pfx")) {
            OwnerOnly.check(file);
            return Pkcs12Keys.read(content, secrets.secret());
        }
        if (!new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
            MspLog.LOG.mspFileIgnored(file.toString(), "no PEM");
            return List.of();
        }
        OwnerOnly.check(file);
        return List.of(KeyReader.read(content, secrets.secret()));
    }

    private static List<SigningKey> inToken(byte[] content, String pin) throws IOException, InvalidKeyException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(content, StandardCharsets.UTF_8)));
            String slot = properties.getProperty("slot");
            TokenPlace place = slot != null
                    ? new TokenPlace(library(properties), SlotName.SLOT, Long.parseLong(slot.strip()))
                    : new TokenPlace(
                            library(properties),
                            SlotName.SLOT_LIST_INDEX,
                            Long.parseLong(
                                    properties.getProperty("slotListIndex", "0").strip()));
            return Pkcs11Token.open(place, pin)
                    .keys(properties.getProperty("alias", "").strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("not the place of a token: " + e.getMessage(), e);
        }
    }

    private static Path library(Properties properties) {
        return Path.of(properties.getProperty("library", "").strip());
    }
}
