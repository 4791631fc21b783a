package org.jangbu.ledger.privatedata;

import java.util.List;
import org.jangbu.model.TxId;

/**
 * What a block changes in a peer's private store.
 *
 * @param block its number
 * @param held changes of the values that are held
 * @param missing sets that are not at hand, of whichever collections: a peer may become a member later
 * @param decided transactions that nothing waits for any more
 * @param expiry what ends with the block, and what will end that it writes
 */
public record PrivateEffects(
        long block, HeldChanges held, List<MissingSet> missing, List<TxId> decided, ExpiryChanges expiry) {
    /** Of a block without private data. */
    public static final PrivateEffects NONE =
            new PrivateEffects(0, HeldChanges.NONE, List.of(), List.of(), ExpiryChanges.NONE);

    public boolean isEmpty() {
        return held.isEmpty() && missing.isEmpty() && decided.isEmpty() && expiry.isEmpty();
    }
}
