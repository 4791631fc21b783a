package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/**
 * A transaction id. Ids made here are the lower-case hex of SHA-256(nonce ‖ creator), as in Fabric; one that came in an envelope is kept as
 * it was sent, so that a wrong one can be named in the answer.
 */
public record TxId(String value) {
    /** The id that {@code creator} must use with {@code nonce}. */
    public static TxId of(ByteString nonce, ByteString creator) {
        return new TxId(HexFormat.of().formatHex(Sha256.of(nonce, creator).toByteArray()));
    }

    @Override
    public String toString() {
        return value;
    }
}
