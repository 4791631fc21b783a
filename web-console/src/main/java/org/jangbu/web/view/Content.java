package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/**
 * Bytes of which nobody knows what they mean: arguments, values, results. Shown as text where they are printable UTF-8, else as Base64; both
 * in JSON and in the console.
 */
public record Content(ByteString bytes) {
    /** No bytes. */
    public static final Content EMPTY = new Content(ByteString.EMPTY);

    /** The bytes as text, if they are well-formed UTF-8 without control characters other than tab and line ends, and without direction overrides. */
    public Optional<String> text() {
        if (!bytes.isValidUtf8()) {
            return Optional.empty();
        }
        String text = bytes.toStringUtf8();
        return text.codePoints().allMatch(Content::isPrintable) ? Optional.of(text) : Optional.empty();
    }

    /** The bytes in Base64 (RFC 4648 §4, with padding). */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Text, or Base64 where there is no text. */
    public String shown() {
        return text().orElseGet(this::base64);
    }

    /** Whether {@link #shown} is text. */
    public boolean isText() {
        return text().isPresent();
    }

    public boolean isEmpty() {
        return bytes.isEmpty();
    }

    public int size() {
        return bytes.size();
    }

    /** The bytes that {@code text} stands for. @throws CharacterCodingException if it holds half a surrogate pair */
    public static Content ofText(String text) throws CharacterCodingException {
        return new Content(Utf8.encode(text));
    }

    private static boolean isPrintable(int codePoint) {
        if (codePoint == '\t' || codePoint == '\n' || codePoint == '\r') {
            return true;
        }
        boolean turnsDirection =
                (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        return !Character.isISOControl(codePoint) && !turnsDirection;
    }
}
