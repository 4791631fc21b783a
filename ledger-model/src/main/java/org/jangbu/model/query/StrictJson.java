package org.jangbu.model.query;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Recognises the values that PostgreSQL takes as {@code jsonb}, without fail: objects, as in Fabric's CouchDB, of at most 256 KiB and 64
 * levels. Left out is what is JSON by the book and refused or blown up by the database: U+0000, surrogates without their other half,
 * exponents beyond 308, numbers of more than a thousand digits.
 */
public final class StrictJson {
    /** The bytes of the longest value that is one. */
    public static final int LARGEST = 256 << 10;

    private static final int DEEPEST = 64;
    private static final int LARGEST_EXPONENT = 308;
    private static final int MOST_DIGITS = 1000;

    private final CharBuffer text;

    private StrictJson(CharBuffer text) {
        this.text = text;
    }

    /** The value as JSON text if it is such an object. */
    public static Optional<String> object(ByteString value) {
        if (value.size() > LARGEST || !mayBeObject(value)) {
            return Optional.empty();
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(value.toByteArray()));
            StrictJson json = new StrictJson(text);
            json.space();
            boolean whole = json.value(0) && json.end();
            return whole ? Optional.of(text.rewind().toString()) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether the first byte that is not white space opens an object. */
    private static boolean mayBeObject(ByteString value) {
        for (int i = 0; i < value.size(); i++) {
            byte b = value.byteAt(i);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    private boolean value(int depth) {
        boolean good = switch (peek()) {
            case '{' -> depth < DEEPEST && members(depth + 1);
            case '[' -> depth < DEEPEST && elements(depth + 1);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
        space();
        return good;
    }

    private boolean members(int depth) {
        next();
        space();
        if (take('}')) {
            return true;
        }
        do {
            space();
            if (peek() != '"' || !string()) {
                return false;
            }
            space();
            if (!take(':')) {
                return false;
            }
            space();
            if (!value(depth)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean elements(int depth) {
        next();
        space();
        if (take(']')) {
            return true;
        }
        do {
            space();
            if (!value(depth)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean string() {
        next();
        while (text.hasRemaining()) {
            char c = next();
            if (c == '"') {
                return true;
            }
            if (c < ' ' || (c == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (!text.hasRemaining()) {
            return false;
        }
        char c = next();
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        int unit = hex();
        if (unit <= 0 || Character.isLowSurrogate((char) unit)) {
            return false;
        }
        return !Character.isHighSurrogate((char) unit) || (take('\\') && take('u') && isLowSurrogate(hex()));
    }

    private static boolean isLowSurrogate(int unit) {
        return unit > 0 && Character.isLowSurrogate((char) unit);
    }

    /** Four hexadecimal digits, or -1. */
    private int hex() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = text.hasRemaining() ? next() : ' ';
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private boolean number() {
        take('-');
        if (!take('0') && !someDigits()) {
            return false;
        }
        if (take('.') && !someDigits()) {
            return false;
        }
        return !(take('e') || take('E')) || exponent();
    }

    private boolean exponent() {
        if (!take('+')) {
            take('-');
        }
        int start = text.position();
        int count = digits();
        if (count == 0) {
            return false;
        }
        int value = 0;
        for (int i = start; i < text.position() && value <= LARGEST_EXPONENT; i++) {
            value = value * 10 + (text.get(i) - '0');
        }
        return value <= LARGEST_EXPONENT;
    }

    private boolean someDigits() {
        int count = digits();
        return count > 0 && count <= MOST_DIGITS;
    }

    private int digits() {
        int count = 0;
        while (peek() >= '0' && peek() <= '9') {
            next();
            count++;
        }
        return count;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!take(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void space() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            next();
        }
    }

    private boolean end() {
        return !text.hasRemaining();
    }

    /** The next character without taking it; U+0000, which stands nowhere in JSON, at the end. */
    private char peek() {
        return text.hasRemaining() ? text.get(text.position()) : 0;
    }

    private char next() {
        return text.get();
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        next();
        return true;
    }
}
