package org.jangbu.ordering.sequence;

import org.hyperledger.fabric.protos.common.Block;

/**
 * An orderer's own copy of a channel's chain: blocks in a file, the last of which may be provisional (appended, not known to be published),
 * and the mark up to which they are published. Always {@code mark <= height <= mark + 1}. Every change is durable when the call returns.
 * One caller changes it at a time; any number read blocks below the mark.
 */
public interface ProvisionalChain extends AutoCloseable {
    /** Number of blocks in the file. */
    long height();

    /** Number of published blocks. */
    long mark();

    /** A block of the file. */
    Block block(long number) throws OrdererLedgerException;

    /** Appends the block of number {@link #height()} as provisional and forces it. */
    void appendProvisional(Block block) throws OrdererLedgerException;

    /** Drops the provisional block, if there is one. */
    void dropProvisional() throws OrdererLedgerException;

    /** Declares the provisional block published. */
    void advanceMark() throws OrdererLedgerException;

    @Override
    void close();
}
