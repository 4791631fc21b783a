package org.jangbu.ordering.sequence;

import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** A chain whose medium never forgets; the faults that fall upon its writer are the test's. */
class MemoryChain implements ProvisionalChain {
    private final List<Block> blocks = new ArrayList<>();
    private long mark;

    MemoryChain(Block genesis) {
        blocks.add(genesis);
        mark = 1;
    }

    @Override
    public long height() {
        return blocks.size();
    }

    @Override
    public long mark() {
        return mark;
    }

    @Override
    public Block block(long number) {
        return blocks.get((int) number);
    }

    @Override
    public void appendProvisional(Block block) {
        if (mark != blocks.size() || block.getHeader().getNumber() != mark) {
            throw new IllegalStateException("block " + block.getHeader().getNumber() + " at height " + blocks.size());
        }
        blocks.add(block);
    }

    @Override
    public void dropProvisional() {
        if (blocks.size() > mark) {
            blocks.remove(blocks.size() - 1);
        }
    }

    @Override
    public void advanceMark() {
        if (blocks.size() != mark + 1) {
            throw new IllegalStateException("nothing to mark at height " + blocks.size());
        }
        mark++;
    }

    @Override
    public void close() {}
}
