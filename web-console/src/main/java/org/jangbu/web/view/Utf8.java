package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without mercy: where the JDK's short forms put a question mark, this refuses, so that no two texts become the same bytes. */
public final class Utf8 {
    private Utf8() {}

    /** The bytes of a text. @throws CharacterCodingException if it holds half a surrogate pair */
    public static ByteString encode(String text) throws CharacterCodingException {
        return ByteString.copyFrom(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    }

    /** The text of bytes. @throws CharacterCodingException if they are no well-formed UTF-8 */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
