package org.jangbu.msp.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jangbu.model.Sha256;

/**
 * Signatures found good before, so that the second node of a server that checks the same one pays a hash instead of curve arithmetic. Only
 * good ones are remembered, under SHA-256 of key, digest and signature: nothing can be mistaken for an entry without breaking the hash.
 *
 * <p>A set-associative table of fixed size: four places per entry, no locks, an entry in the way is simply overwritten. A full table of
 * 32,768 entries takes about two megabytes.
 */
final class VerifiedSignatures {
    private static final int WAYS = 4;
    private static final VerifiedSignatures SHARED = new VerifiedSignatures(1 << 15);

    private final AtomicReferenceArray<Entry> table;
    private final int mask;

    /** @param capacity number of entries, a power of two */
    VerifiedSignatures(int capacity) {
        this.table = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
    }

    /** The one of this server. */
    static VerifiedSignatures shared() {
        return SHARED;
    }

    /** The name under which a signature is remembered. */
    static Entry entry(byte[] key, byte[] digest, byte[] signature) {
        MessageDigest hash = Sha256.digest();
        hash.update(key);
        hash.update(digest);
        hash.update(signature);
        ByteBuffer bytes = ByteBuffer.wrap(hash.digest());
        return new Entry(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    boolean contains(Entry entry) {
        int first = first(entry);
        for (int way = 0; way < WAYS; way++) {
            if (entry.equals(table.getPlain(first + way))) {
                return true;
            }
        }
        return false;
    }

    void add(Entry entry) {
        int first = first(entry);
        for (int way = 0; way < WAYS; way++) {
            if (table.compareAndSet(first + way, null, entry)) {
                return;
            }
        }
        // The hash is as good as a die: which of the four goes is decided by bits that no index uses.
        table.set(first + (int) (entry.d & (WAYS - 1)), entry);
    }

    private int first(Entry entry) {
        return (int) entry.a & mask & -WAYS;
    }

    /** A 256-bit hash. */
    record Entry(long a, long b, long c, long d) {}
}
