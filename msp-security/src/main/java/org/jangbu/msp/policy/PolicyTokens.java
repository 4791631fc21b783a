package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;

/** The words of a policy text: names, numbers, quoted texts, parentheses, commas and equals signs, each with its place. */
final class PolicyTokens {
    private PolicyTokens() {}

    static List<Token> of(String text) throws PolicySyntaxException {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            Token token = token(text, at, c);
            tokens.add(token);
            at = token.end();
        }
        tokens.add(new Token(Kind.END, "", at, at));
        return tokens;
    }

    private static Token token(String text, int at, char c) throws PolicySyntaxException {
        return switch (c) {
            case '(' -> new Token(Kind.OPEN, "(", at, at + 1);
            case ')' -> new Token(Kind.CLOSE, ")", at, at + 1);
            case ',' -> new Token(Kind.COMMA, ",", at, at + 1);
            case '=' -> new Token(Kind.EQUALS, "=", at, at + 1);
            case '\'', '"' -> quoted(text, at, c);
            default -> word(text, at);
        };
    }

    private static Token quoted(String text, int at, char quote) throws PolicySyntaxException {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new PolicySyntaxException("a quote is never closed", at + 1);
        }
        return new Token(Kind.QUOTED, text.substring(at + 1, end), at, end + 1);
    }

    private static Token word(String text, int at) throws PolicySyntaxException {
        int end = at;
        while (end < text.length() && isWordCharacter(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            throw new PolicySyntaxException("unexpected character '" + text.charAt(at) + "'", at + 1);
        }
        String word = text.substring(at, end);
        Kind kind = word.chars().allMatch(c -> c >= '0' && c <= '9') ? Kind.NUMBER : Kind.NAME;
        return new Token(kind, word, at, end);
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    enum Kind {
        NAME,
        NUMBER,
        QUOTED,
        OPEN,
        CLOSE,
        COMMA,
        EQUALS,
        END
    }

    /** One word; {@code start} and {@code end} count from 0, the end is exclusive. */
    record Token(Kind kind, String text, int start, int end) {
        int position() {
            return start + 1;
        }

        @Override
        public String toString() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }
}
