package org.jangbu.model;

/** The height at which a state entry was written: block number and position of the transaction in it. What read sets carry. */
public record Version(long block, long tx) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
        int byBlock = Long.compareUnsigned(block, other.block);
        return byBlock != 0 ? byBlock : Long.compareUnsigned(tx, other.tx);
    }

    @Override
    public String toString() {
        return block + ":" + tx;
    }
}
