package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jangbu.model.Sha256;

/** The digest that is signed. */
final class Digests {
    private Digests() {}

    /** SHA-256 of the concatenated pieces. */
    static byte[] of(ByteString... message) {
        MessageDigest digest = Sha256.digest();
        for (ByteString piece : message) {
            for (ByteBuffer buffer : piece.asReadOnlyByteBufferList()) {
                digest.update(buffer);
            }
        }
        return digest.digest();
    }
}
