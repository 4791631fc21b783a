package org.jangbu.peer.endorse;

import org.jangbu.chaincode.spi.ChaincodeHostException;

/** What a key of the world state may look like, judged where a contract first names it, so that no commit ever meets a bad one. */
final class KeyRules {
    /** Most bytes of a key together with its namespace: what an index of the state database takes. */
    static final int MAX_BYTES = 2_000;

    private KeyRules() {}

    /** Refuses a key that is empty, not well-formed text, or too long. */
    static void check(String namespace, String key) {
        if (key.isEmpty()) {
            throw new ChaincodeHostException("key must not be an empty string");
        }
        int bytes = utf8Length(namespace) + checkedLength(key);
        if (bytes > MAX_BYTES) {
            throw new ChaincodeHostException("the key has " + bytes
                    + " bytes together with the chaincode's name; at most " + MAX_BYTES + " are allowed");
        }
    }

    /** Refuses an end of a range that is not well-formed text; empty and long ones are fine, since nothing is stored under them. */
    static void checkBound(String bound) {
        checkedLength(bound);
    }

    private static int checkedLength(String text) {
        int length = utf8Length(text);
        if (length < 0) {
            throw new ChaincodeHostException("not a valid utf8 string: the key holds a lone surrogate");
        }
        return length;
    }

    /** Bytes of the UTF-8 encoding, or -1 if there is none. */
    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }
}
