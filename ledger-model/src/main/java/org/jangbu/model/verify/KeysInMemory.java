package org.jangbu.model.verify;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.CommittedKeys;
import org.jangbu.model.KeyAddress;
import org.jangbu.model.KeyUpdate;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/** The state that a chain leads to, key by key. */
final class KeysInMemory implements CommittedKeys {
    private final Map<KeyAddress, KeyUpdate> entries = new HashMap<>();

    @Override
    public Map<KeyAddress, Content> contents(Collection<KeyAddress> addresses) {
        Map<KeyAddress, Content> contents = new HashMap<>();
        for (KeyAddress address : addresses) {
            KeyUpdate entry = entries.get(address);
            if (entry != null) {
                contents.put(address, new Content(entry.value(), entry.metadata()));
            }
        }
        return contents;
    }

    @Override
    public boolean mayHoldMetadata(String namespace, String collection) {
        return true;
    }

    void apply(List<KeyUpdate> updates) {
        for (KeyUpdate update : updates) {
            if (update.delete()) {
                entries.remove(update.address());
            } else {
                entries.put(update.address(), update);
            }
        }
    }

    /** Whether each valid transaction read current versions, of keys that nobody before it in the block wrote. */
    void checkReads(ParsedBlock block, List<TxValidationCode> codes, List<Finding> findings) {
        Set<KeyAddress> written = new HashSet<>();
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i) == TxValidationCode.VALID
                    && block.transactions().get(i) instanceof ParsedTransaction.Endorser endorser) {
                ReadWriteSet set = endorser.transaction().readWriteSet();
                if (!readsCurrent(set, written)) {
                    findings.add(new Finding(block.number(), i, "is valid and read what was not current"));
                }
                addWrites(set, written);
            }
        }
    }

    private boolean readsCurrent(ReadWriteSet set, Set<KeyAddress> written) {
        for (ReadWriteSet.Namespace ns : set.namespaces()) {
            for (KVRead read : ns.keys().getReadsList()) {
                Version version = read.hasVersion() ? version(read.getVersion()) : null;
                if (!isCurrent(new KeyAddress(ns.name(), "", read.getKeyBytes()), version, written)) {
                    return false;
                }
            }
            for (ReadWriteSet.Collection collection : ns.collections()) {
                for (KVReadHash read : collection.hashes().getHashedReadsList()) {
                    Version version = read.hasVersion() ? version(read.getVersion()) : null;
                    if (!isCurrent(new KeyAddress(ns.name(), collection.name(), read.getKeyHash()), version, written)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean isCurrent(KeyAddress address, @Nullable Version read, Set<KeyAddress> written) {
        KeyUpdate entry = entries.get(address);
        Version current = entry == null ? null : entry.version();
        return !written.contains(address) && java.util.Objects.equals(read, current);
    }

    private static Version version(org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version version) {
        return new Version(version.getBlockNum(), version.getTxNum());
    }

    private static void addWrites(ReadWriteSet set, Set<KeyAddress> written) {
        for (ReadWriteSet.Namespace ns : set.namespaces()) {
            ns.keys().getWritesList().forEach(w -> written.add(new KeyAddress(ns.name(), "", w.getKeyBytes())));
            ns.keys().getMetadataWritesList().forEach(w -> written.add(new KeyAddress(ns.name(), "", w.getKeyBytes())));
            for (ReadWriteSet.Collection collection : ns.collections()) {
                collection
                        .hashes()
                        .getHashedWritesList()
                        .forEach(w -> written.add(new KeyAddress(ns.name(), collection.name(), w.getKeyHash())));
                collection
                        .hashes()
                        .getMetadataWritesList()
                        .forEach(w -> written.add(new KeyAddress(ns.name(), collection.name(), w.getKeyHash())));
            }
        }
    }
}
