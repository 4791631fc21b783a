package org.jangbu.peer.validate;

import java.util.HashSet;
import java.util.Set;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ReadWriteSet;

/**
 * Keys whose metadata an earlier transaction of the block writes. Their policy may have changed, so a later write of such a key cannot be
 * judged by the old one and fails. As in Fabric, the earlier transaction counts once its endorsements are good, whether or not a read
 * conflict then stops it.
 */
final class KeyPolicyChanges {
    private final Set<StateKey> changed = new HashSet<>();

    /** Whether the transaction writes a key of which an earlier one changed the metadata. */
    boolean concern(EndorserTransaction transaction) {
        if (changed.isEmpty()) {
            return false;
        }
        Set<StateKey> written = new HashSet<>();
        for (ReadWriteSet.Namespace namespace : transaction.readWriteSet().namespaces()) {
            WrittenKeys.forEach(namespace, write -> written.add(write.key()));
        }
        return written.stream().anyMatch(changed::contains);
    }

    /** Takes note of a transaction whose endorsements are good. */
    void add(EndorserTransaction transaction) {
        for (ReadWriteSet.Namespace namespace : transaction.readWriteSet().namespaces()) {
            WrittenKeys.forEach(namespace, write -> {
                if (write.kind() == WrittenKeys.Kind.METADATA) {
                    changed.add(write.key());
                }
            });
        }
    }
}
