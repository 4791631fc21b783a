package org.jangbu.ledger.commit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.model.CommittedKeys;
import org.jangbu.model.KeyAddress;

/** A state reader in the words of the ledger model. */
record CommittedState(StateReader reader) implements CommittedKeys {
    @Override
    public Map<KeyAddress, Content> contents(Collection<KeyAddress> addresses) {
        Map<KeyAddress, Content> contents = new HashMap<>();
        reader.getAll(addresses.stream().map(StateKey::of).toList())
                .forEach((key, value) -> contents.put(key.address(), new Content(value.value(), value.metadata())));
        return contents;
    }

    @Override
    public boolean mayHoldMetadata(String namespace, String collection) {
        return reader.mayHoldMetadata(StateKey.namespaceOf(namespace, collection));
    }
}
