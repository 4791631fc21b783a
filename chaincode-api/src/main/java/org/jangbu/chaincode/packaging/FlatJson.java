package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the two forms of JSON that packages hold: an object of strings, or of strings, numbers and truths. Anything else is refused. */
final class FlatJson {
    private static final int MAX_DIGITS = 18;

    private final String file;
    private final String text;
    private int at;

    private FlatJson(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Members that are all strings, of {@code metadata.json}. */
    static Map<String, String> parse(byte[] json) throws ChaincodePackageException {
        FlatJson parser = new FlatJson("metadata.json", new String(json, UTF_8));
        return parser.whole(parser::string);
    }

    /** Members that are {@code String}, {@code Long} or {@code Boolean}. */
    static Map<String, Object> values(String file, byte[] json) throws ChaincodePackageException {
        FlatJson parser = new FlatJson(file, new String(json, UTF_8));
        return parser.whole(parser::value);
    }

    private <T> Map<String, T> whole(Value<T> value) throws ChaincodePackageException {
        Map<String, T> members = object(value);
        skipSpace();
        if (at != text.length()) {
            throw refused();
        }
        return members;
    }

    private <T> Map<String, T> object(Value<T> value) throws ChaincodePackageException {
        Map<String, T> members = new LinkedHashMap<>();
        expect('{');
        if (skipSpace() == '}') {
            at++;
            return members;
        }
        do {
            String name = string();
            expect(':');
            if (members.put(name, value.read()) != null) {
                throw new ChaincodePackageException(file + " has a member twice: " + EntryNames.quoted(name));
            }
        } while (isNext(','));
        expect('}');
        return members;
    }

    private Object value() throws ChaincodePackageException {
        char first = skipSpace();
        if (first == '"') {
            return string();
        }
        if (isWord("true")) {
            return true;
        }
        if (isWord("false")) {
            return false;
        }
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == begin || at - begin > MAX_DIGITS) {
            throw refused();
        }
        return Long.valueOf(text.substring(begin, at));
    }

    private boolean isWord(String word) {
        boolean found = text.startsWith(word, at);
        if (found) {
            at += word.length();
        }
        return found;
    }

    private String string() throws ChaincodePackageException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                throw refused();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws ChaincodePackageException {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
            default -> throw refused();
        };
    }

    private int hexDigit() throws ChaincodePackageException {
        int digit = Character.digit(take(), 16);
        if (digit < 0) {
            throw refused();
        }
        return digit;
    }

    private boolean isNext(char wanted) {
        boolean found = skipSpace() == wanted;
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(char wanted) throws ChaincodePackageException {
        if (!isNext(wanted)) {
            throw refused();
        }
    }

    private char take() throws ChaincodePackageException {
        if (at >= text.length()) {
            throw refused();
        }
        return text.charAt(at++);
    }

    private char skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private ChaincodePackageException refused() {
        return new ChaincodePackageException(
                file + " is no JSON object of the form it should have, at character " + at);
    }

    /** Reads one value. */
    private interface Value<T> {
        T read() throws ChaincodePackageException;
    }
}
