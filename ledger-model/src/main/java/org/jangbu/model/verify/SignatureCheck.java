package org.jangbu.model.verify;

import com.google.protobuf.ByteString;

/** Verifies one signature; the ledger model knows no cryptography beyond hashes. */
@FunctionalInterface
public interface SignatureCheck {
    /**
     * Whether {@code signature} is {@code identity}'s over {@code message}, with a low S where it is ECDSA.
     *
     * @param identity a serialised {@code SerializedIdentity}
     */
    boolean verify(ByteString identity, ByteString signature, ByteString message);
}
