package org.jangbu.ordering.deliver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockFiles;
import org.jangbu.ledger.block.Growth;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.ProvisionalChain;

/**
 * An orderer's copy of a channel on disk: block files in Fabric's format, and beside them the file {@code published.mark}. One caller changes
 * it at a time; any number read what is published.
 */
public final class OrdererLedger implements ProvisionalChain {
    private static final String MARK = "published.mark";

    private final ChannelId channel;
    private final BlockFiles files;
    private final PublishedMark markFile;
    private final Growth growth = new Growth();
    private volatile long mark;
    private volatile boolean closed;

    private OrdererLedger(ChannelId channel, BlockFiles files, PublishedMark markFile, long mark) {
        this.channel = channel;
        this.files = files;
        this.markFile = markFile;
        this.mark = mark;
    }

    /**
     * Opens the ledger below {@code ledgers}; a new one begins with the genesis block, which counts as published.
     *
     * @throws OrdererLedgerException if somebody else has it open, if files and mark contradict each other, or if it begins with another
     *     genesis block
     */
    public static OrdererLedger open(Path ledgers, ChannelId channel, Block genesis) throws OrdererLedgerException {
        Path folder = folder(ledgers, channel);
        try {
            Files.createDirectories(folder);
            PublishedMark markFile = new PublishedMark(folder.resolve(MARK));
            OptionalLong marked = markFile.read();
            BlockFiles files = BlockFiles.open(ledgers, channel, marked.orElse(0));
            OrdererLedger ledger = new OrdererLedger(channel, files, markFile, marked.orElse(0));
            ledger.begin(genesis);
            return ledger;
        } catch (IOException e) {
            throw new OrdererLedgerException(channel, "the orderer's ledger in " + folder + " cannot be opened", e);
        }
    }

    /** Whether something of a channel lies below {@code ledgers}. */
    public static boolean exists(Path ledgers, ChannelId channel) {
        return Files.exists(folder(ledgers, channel));
    }

    /**
     * Deletes what a join that failed has left of a channel below {@code ledgers}.
     *
     * @throws OrdererLedgerException if some of it stays
     */
    public static void discard(Path ledgers, ChannelId channel) throws OrdererLedgerException {
        Path folder = folder(ledgers, channel);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new OrdererLedgerException(channel, "what is left in " + folder + " cannot be deleted", e);
        }
    }

    private static Path folder(Path ledgers, ChannelId channel) {
        return ledgers.resolve("chains").resolve("chains").resolve(channel.value());
    }

    private void begin(Block genesis) throws IOException, OrdererLedgerException {
        if (mark == 0 && files.height() <= 1) {
            files.truncate(0); // a start that was cut short
            files.append(genesis);
            files.force();
            markFile.write(1);
            mark = 1;
        }
        if (mark == 0 || files.height() < mark || files.height() > mark + 1) {
            close();
            throw new OrdererLedgerException(
                    channel, "the file has " + files.height() + " blocks, the published mark says " + mark);
        }
        if (!files.block(0).map(Block::getHeader).equals(java.util.Optional.of(genesis.getHeader()))) {
            close();
            throw new OrdererLedgerException(channel, "the ledger begins with another genesis block");
        }
    }

    @Override
    public long height() {
        return files.height();
    }

    @Override
    public long mark() {
        return mark;
    }

    @Override
    public Block block(long number) throws OrdererLedgerException {
        try {
            return files.block(number)
                    .orElseThrow(() -> new OrdererLedgerException(channel, "there is no block " + number));
        } catch (IOException e) {
            throw failed("block " + number + " cannot be read", e);
        }
    }

    /** Published blocks from number {@code from} on: at most {@code limit}, and no further one once {@code bytes} are reached. */
    public List<Block> published(long from, int limit, long bytes) throws OrdererLedgerException {
        long most = Math.min(limit, mark - from);
        if (from < 0 || most <= 0) {
            return List.of();
        }
        try {
            return files.blocks(from, (int) most, bytes);
        } catch (IOException e) {
            throw failed("blocks from " + from + " on cannot be read", e);
        }
    }

    @Override
    public void appendProvisional(Block block) throws OrdererLedgerException {
        long number = block.getHeader().getNumber();
        try {
            files.append(block);
            forceOrDrop(number);
        } catch (IOException | IllegalArgumentException e) {
            throw failed("block " + number + " cannot be appended", e);
        }
    }

    private void forceOrDrop(long number) throws IOException {
        try {
            files.force();
        } catch (IOException e) {
            files.truncate(number); // the system may have forgotten it and would not say so again
            throw e;
        }
    }

    @Override
    public void dropProvisional() throws OrdererLedgerException {
        try {
            files.truncate(mark);
        } catch (IOException e) {
            throw failed("block " + mark + " cannot be dropped", e);
        }
    }

    @Override
    public void advanceMark() throws OrdererLedgerException {
        if (files.height() != mark + 1) {
            throw new OrdererLedgerException(channel, "there is no provisional block to mark");
        }
        long next = mark + 1;
        try {
            markFile.write(next);
        } catch (IOException e) {
            throw failed("the published mark cannot be written", e);
        }
        mark = next;
        growth.grown();
    }

    /** Whether the node has left the channel, or stops. */
    public boolean isClosed() {
        return closed;
    }

    /** Tells those who follow what is published, and at last that nothing more will be. */
    public Growth growth() {
        return growth;
    }

    private OrdererLedgerException failed(String what, Exception cause) {
        OrdererLedgerException failure = new OrdererLedgerException(channel, what, cause);
        OrderingLog.LOG.ledgerFailed(channel, failure);
        return failure;
    }

    @Override
    public void close() {
        closed = true;
        growth.grown();
        try (files;
                markFile) {
            // both, whatever the other says
        } catch (IOException e) {
            OrderingLog.LOG.ledgerFailed(channel, e);
        }
    }
}
