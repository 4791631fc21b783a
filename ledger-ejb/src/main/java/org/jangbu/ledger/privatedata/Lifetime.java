package org.jangbu.ledger.privatedata;

/**
 * For how many blocks the data of a collection live.
 *
 * @param blocks the {@code blockToLive} of its definition; 0 for ever
 */
public record Lifetime(long blocks) {
    /** Number of the block with which that ends which never does. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Without end. */
    public static final Lifetime UNLIMITED = new Lifetime(0);

    public Lifetime {
        if (blocks < 0) {
            throw new IllegalArgumentException("a negative number of blocks to live: " + blocks);
        }
    }

    /**
     * The block with whose commit that is gone which another wrote, as Fabric counts: it outlives as many further blocks as the collection
     * says. {@link #NEVER} where the sum is beyond all block numbers.
     *
     * @param written number of the block that wrote it
     */
    public long end(long written) {
        long end = written + blocks + 1;
        return blocks == 0 || end <= written ? NEVER : end;
    }
}
