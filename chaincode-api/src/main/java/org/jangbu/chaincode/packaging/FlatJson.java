package org.jangbu.chaincode.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the one form of JSON that packages hold: an object whose values are strings. Anything else is refused. */
final class FlatJson {
    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    static Map<String, String> parse(byte[] json) throws ChaincodePackageException {
        FlatJson parser = new FlatJson(new String(json, UTF_8));
        Map<String, String> members = parser.object();
        parser.skipSpace();
        if (parser.at != parser.text.length()) {
            throw parser.refused();
        }
        return members;
    }

    private Map<String, String> object() throws ChaincodePackageException {
        Map<String, String> members = new LinkedHashMap<>();
        expect('{');
        if (skipSpace() == '}') {
            at++;
            return members;
        }
        do {
            String name = string();
            expect(':');
            if (members.put(name, string()) != null) {
                throw refused();
            }
        } while (isNext(','));
        expect('}');
        return members;
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
        return new ChaincodePackageException("metadata.json is no JSON object of strings, at character " + at);
    }
}
