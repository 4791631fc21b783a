package org.jangbu.ledger.commit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.Expiry;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.CommittedHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;

/** A private store of which a range is given out only when the height that it is of has been published, like what is read from the world state. */
record CommittedPrivateStore(PrivateStore store, CommittedHeight height) implements PrivateStore {
    @Override
    public Map<StateKey, PrivateValue> values(Collection<StateKey> hashedKeys) {
        return store.values(hashedKeys);
    }

    @Override
    public AtHeight<List<PrivateValue>> range(CollectionName collection, String start, String end, int limit) {
        AtHeight<List<PrivateValue>> read = store.range(collection, start, end, limit);
        height.await(read.height());
        return read;
    }

    @Override
    public List<PrivateWrite> writes(CollectionName collection, long block, int position) {
        return store.writes(collection, block, position);
    }

    @Override
    public Map<StateKey, Version> purges(Collection<StateKey> hashedKeys) {
        return store.purges(hashedKeys);
    }

    @Override
    public long nextExpiry() {
        return store.nextExpiry();
    }

    @Override
    public List<Expiry> expiring(long block) {
        return store.expiring(block);
    }
}
