package org.jangbu.ledger.privatedata;

import java.util.Collection;
import java.util.List;
import org.jangbu.model.TxId;

/**
 * Where private sets wait from endorsement to commit, for one peer's ledger. What {@link #put} has taken survives a crash. Bounded in number, bytes and
 * age, since whoever may propose may also never submit.
 *
 * <p>Every method throws {@link org.jangbu.ledger.state.StateUnavailableException} while the database is away.
 */
public interface TransientStore {
    /** Takes nothing. */
    TransientStore NONE = new TransientStore() {
        @Override
        public void put(List<PrivateSet> sets, long height) throws TransientStoreFullException {
            throw new TransientStoreFullException("this ledger keeps no private data");
        }

        @Override
        public List<PrivateSet> find(Collection<TxId> transactions) {
            return List.of();
        }
    };

    /**
     * Keeps sets until a block decides their transactions, or they are too old.
     *
     * @param height of the ledger now
     * @throws TransientStoreFullException if too many wait already; nothing is kept then
     */
    void put(List<PrivateSet> sets, long height) throws TransientStoreFullException;

    /** All sets that wait for one of the transactions; several for a collection if endorsements differed. */
    List<PrivateSet> find(Collection<TxId> transactions);

    /**
     * How much may wait.
     *
     * @param sets most of them
     * @param bytes most bytes in all
     * @param blocks after how many further blocks one is given up
     * @param hours after how many hours one is given up, however quiet the channel is
     */
    record Limits(int sets, long bytes, int blocks, int hours) {
        /** Fabric's thousand blocks; a day, which is longer than any endorsement is good for. */
        public static final Limits DEFAULT = new Limits(10_000, 256L << 20, 1_000, 24);
    }
}
