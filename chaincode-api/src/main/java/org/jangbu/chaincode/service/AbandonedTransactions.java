package org.jangbu.chaincode.service;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Transactions that the peer has given up while the service may still be at work on them. What arrives for one is not to be mistaken for a word of a later
 * run of the same transaction. Bounded: the oldest is forgotten first.
 */
final class AbandonedTransactions {
    private static final int MOST = 10_000;

    private final Set<TransactionKey> keys = new LinkedHashSet<>();

    synchronized void add(TransactionKey key) {
        keys.add(key);
        if (keys.size() > MOST) {
            Iterator<TransactionKey> oldest = keys.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized boolean contains(TransactionKey key) {
        return keys.contains(key);
    }

    /** The service is done with it. */
    synchronized void remove(TransactionKey key) {
        keys.remove(key);
    }
}
