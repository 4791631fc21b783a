package org.jangbu.ledger.commit.jpa;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;

/** A transaction id in the index: short, whatever somebody wrote into an envelope. */
final class StoredTxId {
    private static final ByteString OTHER = ByteString.copyFrom(new byte[] {1});

    private StoredTxId() {}

    /** 32 bytes for 64 lower-case hexadecimal digits; a byte 1 and the text's SHA-256 for anything else. */
    static byte[] bytes(TxId txId) {
        String text = txId.value();
        return isUsual(text)
                ? HexFormat.of().parseHex(text)
                : OTHER.concat(Sha256.of(ByteString.copyFromUtf8(text))).toByteArray();
    }

    private static boolean isUsual(String text) {
        return text.length() == 2 * Sha256.LENGTH
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
