package org.jangbu.chaincode.service;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that the peer has given up while the service may still be at work on them. What arrives for one is not to be mistaken for a word of a later
 * run of the same transaction, and whoever asks for one is to be refused. Bounded: the oldest is forgotten first.
 */
final class AbandonedTransactions {
    private static final int MOST = 10_000;

    private final Set<TransactionKey> keys = new LinkedHashSet<>();

    /** What is to be said to contracts that wait for a reply, as soon as the service reads; at most one word for each of the keys. */
    private final Map<TransactionKey, ChaincodeMessage> refusals = new LinkedHashMap<>();

    synchronized void add(TransactionKey key) {
        keys.add(key);
        if (keys.size() > MOST) {
            Iterator<TransactionKey> oldest = keys.iterator();
            refusals.remove(oldest.next());
            oldest.remove();
        }
    }

    synchronized boolean contains(TransactionKey key) {
        return keys.contains(key);
    }

    /** The service is done with it. */
    synchronized void remove(TransactionKey key) {
        keys.remove(key);
        refusals.remove(key);
    }

    /** Keeps what cannot be sent now; of transactions that are not among these nothing is kept. */
    synchronized void keep(TransactionKey key, ChaincodeMessage refusal) {
        if (keys.contains(key)) {
            refusals.put(key, refusal);
        }
    }

    /** Takes the oldest that was kept. */
    synchronized @Nullable ChaincodeMessage nextRefusal() {
        Iterator<ChaincodeMessage> oldest = refusals.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        ChaincodeMessage refusal = oldest.next();
        oldest.remove();
        return refusal;
    }
}
