package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Seeded bytes of the kind that strangers send. */
final class HostileBytes {
    private static final List<String> JSON = List.of(
            "{}",
            "{\"a\":1}",
            "{\"a\":\"\\u0000\"}",
            "{\"\\u0000\":1}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\udc00\\ud800\"}",
            "{\"a\":\"\\ud83d\\ude00\"}",
            "{\"a\":\"\\ud83dx\"}",
            "{\"a\":1e200000}",
            "{\"a\":-1E-200000}",
            "{\"a\":1e308}",
            "{\"a\":1e0000000000000000000000001}",
            "{\"a\":00}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":+1}",
            "{\"a\":NaN}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":tru}",
            "{\"a\":[1,[2,{\"b\":null}]]}",
            " \t\r\n{\"a\" : 1 } \n",
            "{\"a\":1}x",
            "{\"a\":1}\u0000",
            "\ufeff{\"a\":1}",
            "{\"\u00e9\ud55c\uae00\":\"\ud83d\ude00\"}",
            "{\"a\":\"\u007f\u0080\u2028\uffff\"}",
            "{\"a\":\"tab\there\"}",
            "[1,2]",
            "\"text\"",
            "1e999999999",
            "null");

    private final Random random;

    HostileBytes(long seed) {
        random = new Random(seed);
    }

    /** A value: nonsense, JSON, nearly JSON, deep, long. */
    ByteString value() {
        return switch (random.nextInt(8)) {
            case 0 -> bytes(random.nextInt(300));
            case 1 -> utf8(JSON.get(random.nextInt(JSON.size())));
            case 2 -> mutated(JSON.get(random.nextInt(JSON.size())));
            case 3 -> utf8(text(random.nextInt(60)));
            case 4 -> deep(1 + random.nextInt(200));
            case 5 ->
                utf8("{\"n\":" + "9".repeat(1 + random.nextInt(3000)) + "." + "1".repeat(1 + random.nextInt(3000))
                        + "}");
            case 6 -> utf8(document(0));
            default -> mutated(document(0));
        };
    }

    /** A key of at most so many bytes. */
    String key(int longest) {
        String text = text(1 + random.nextInt(random.nextInt(20) == 0 ? longest : 40));
        while (text.getBytes(StandardCharsets.UTF_8).length > longest) {
            text = text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2));
        }
        return text.isEmpty() ? "k" : text;
    }

    /** Text of any code points but surrogates, many of them awkward. */
    String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int c = switch (random.nextInt(6)) {
                case 0 -> random.nextInt(32);
                case 1 -> 0;
                case 2 -> 0x10ffff - random.nextInt(3);
                case 3 -> "%_'\"\\{}$".charAt(random.nextInt(8));
                default -> random.nextInt(0x110000);
            };
            text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 'x' : c);
        }
        return text.toString();
    }

    private String document(int depth) {
        StringBuilder json = new StringBuilder("{");
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":");
            json.append(
                    depth < 4 && random.nextBoolean()
                            ? document(depth + 1)
                            : JSON_SCALARS.get(random.nextInt(JSON_SCALARS.size())));
        }
        return json.append('}').toString();
    }

    private static final List<String> JSON_SCALARS = List.of(
            "1",
            "-0.0",
            "1e10",
            "true",
            "null",
            "\"x\"",
            "\"\\n\\\"\"",
            "[]",
            "[1,\"\\u00e9\"]",
            "123456789012345678901234567890");

    private ByteString deep(int levels) {
        String open = random.nextBoolean() ? "{\"a\":" : "[";
        String close = open.equals("[") ? "]" : "}";
        return utf8("{\"d\":" + open.repeat(levels) + "1" + close.repeat(levels) + "}");
    }

    private ByteString mutated(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return ByteString.copyFrom(bytes);
    }

    ByteString bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
