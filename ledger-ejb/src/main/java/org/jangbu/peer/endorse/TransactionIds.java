package org.jangbu.peer.endorse;

import java.util.regex.Pattern;
import org.jangbu.model.TxId;

/** What a transaction id looks like; others stand on no ledger, and need not trouble a database that may choke on them. */
public final class TransactionIds {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private TransactionIds() {}

    /** Whether the id can be one: 64 lower-case hex digits. */
    public static boolean isWellFormed(TxId txId) {
        return SHA_256.matcher(txId.value()).matches();
    }
}
