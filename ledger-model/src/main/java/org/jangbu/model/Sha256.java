package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over one or several pieces, without joining them first. */
public final class Sha256 {
    /** Length of a digest in bytes. */
    public static final int LENGTH = 32;

    private Sha256() {}

    /** A fresh digest, for callers that feed it piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of the pieces' concatenation. */
    public static ByteString of(ByteString... pieces) {
        return of(java.util.List.of(pieces));
    }

    /** The digest of the pieces' concatenation. */
    public static ByteString of(Iterable<ByteString> pieces) {
        MessageDigest digest = digest();
        for (ByteString piece : pieces) {
            for (ByteBuffer buffer : piece.asReadOnlyByteBufferList()) {
                digest.update(buffer);
            }
        }
        return ByteString.copyFrom(digest.digest());
    }
}
