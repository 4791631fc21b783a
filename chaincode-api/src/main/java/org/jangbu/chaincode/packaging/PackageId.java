package org.jangbu.chaincode.packaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a chaincode package by its content, as Fabric does: {@code <label>:<hash>}.
 *
 * @param label Fabric's rule for labels; at most 128 characters, since it is part of a file's name
 * @param hash SHA-256 of the whole package file, in lower-case hexadecimal digits
 */
public record PackageId(String label, String hash) {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]{0,127}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FILE_NAME = Pattern.compile("(" + LABEL + ")\\.(" + HASH + ")\\.tgz");

    public PackageId {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "A package's label is 1 to 128 letters, digits and any of _.+- after the first");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("A package's hash is 64 lower-case hexadecimal digits");
        }
    }

    static PackageId of(String label, byte[] packageFile) {
        return ofDigest(label, digest().digest(packageFile));
    }

    static PackageId ofDigest(String label, byte[] digest) {
        return new PackageId(label, HexFormat.of().formatHex(digest));
    }

    /** What hashes a package. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    /** Reads {@code <label>:<hash>}. */
    public static PackageId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A package id is <label>:<hash>");
        }
        return new PackageId(text.substring(0, colon), text.substring(colon + 1));
    }

    static boolean isFileName(String name) {
        return FILE_NAME.matcher(name).matches();
    }

    static PackageId ofFileName(String name) {
        Matcher matcher = FILE_NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No package's file name: " + name);
        }
        return new PackageId(matcher.group(1), matcher.group(2));
    }

    /** The name of its files and folders, as Fabric's peer names them. */
    String baseName() {
        return label + "." + hash;
    }

    @Override
    public String toString() {
        return label + ":" + hash;
    }
}
