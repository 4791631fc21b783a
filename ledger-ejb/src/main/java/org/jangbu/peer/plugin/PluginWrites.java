package org.jangbu.peer.plugin;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jangbu.chaincode.plugin.StateWrite;
import org.jangbu.model.ReadWriteSet;

/** The writes of a read/write set as plug-ins see them, in the order of the message. */
public final class PluginWrites {
    private PluginWrites() {}

    /** The writes in all namespaces. */
    public static List<StateWrite> of(ReadWriteSet set) {
        List<StateWrite> writes = new ArrayList<>();
        set.namespaces().forEach(namespace -> writes.addAll(of(namespace)));
        return List.copyOf(writes);
    }

    /** The writes in one namespace: public ones first, then those of its collections. */
    public static List<StateWrite> of(ReadWriteSet.Namespace namespace) {
        List<StateWrite> writes = new ArrayList<>();
        for (KVWrite write : namespace.keys().getWritesList()) {
            writes.add(new StateWrite(
                    namespace.name(),
                    "",
                    write.getKey(),
                    write.getValue().toByteArray(),
                    write.getIsDelete() || write.getValue().isEmpty()));
        }
        for (ReadWriteSet.Collection collection : namespace.collections()) {
            for (KVWriteHash write : collection.hashes().getHashedWritesList()) {
                writes.add(new StateWrite(
                        namespace.name(),
                        collection.name(),
                        Base64.getEncoder().encodeToString(write.getKeyHash().toByteArray()),
                        write.getValueHash().toByteArray(),
                        write.getIsDelete()
                                || write.getIsPurge()
                                || write.getValueHash().isEmpty()));
            }
        }
        return List.copyOf(writes);
    }
}
