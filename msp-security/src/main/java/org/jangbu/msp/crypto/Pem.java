package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One PEM block (RFC 7468): what kind of thing it says it is, and the bytes.
 *
 * @param type the label, for example {@code CERTIFICATE}
 */
public record Pem(String type, ByteString content) {
    /** The longest text looked at: a revocation list of some thousand entries fits. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]{1,64})-----[ \t]*+\r?\n([A-Za-z0-9+/=\r\n \t]*+)-----END \\1-----[ \t]*+(?:\r?\n|\\z)");

    /**
     * All blocks of a text; what stands between them is skipped.
     *
     * @throws GeneralSecurityException if the text is too long or the base64 of a block is broken
     */
    public static List<Pem> blocks(byte[] text) throws GeneralSecurityException {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(text));
        while (matcher.find()) {
            blocks.add(block(matcher));
        }
        return blocks;
    }

    /**
     * The one block that a text consists of, but for white space around it.
     *
     * @throws GeneralSecurityException if it is anything else
     */
    public static Pem only(byte[] text) throws GeneralSecurityException {
        String trimmed = text(text).strip();
        Matcher matcher = BLOCK.matcher(trimmed);
        if (!matcher.matches()) {
            throw new GeneralSecurityException("not exactly one PEM block");
        }
        return block(matcher);
    }

    /** The block as text, lines of 64 characters, as Go and OpenSSL write it. */
    public String text() {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.toByteArray());
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    private static String text(byte[] text) throws GeneralSecurityException {
        if (text.length > MAX_LENGTH) {
            throw new GeneralSecurityException("longer than " + MAX_LENGTH + " bytes");
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static Pem block(Matcher matcher) throws GeneralSecurityException {
        try {
            String base64 = matcher.group(2).replaceAll("[\r\n \t]", "");
            return new Pem(
                    matcher.group(1), ByteString.copyFrom(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64: " + e.getMessage(), e);
        }
    }
}
