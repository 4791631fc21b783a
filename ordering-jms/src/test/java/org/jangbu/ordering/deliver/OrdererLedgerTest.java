package org.jangbu.ordering.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.Orderings;
import org.jangbu.ordering.sequence.ProvisionalBlocks;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdererLedgerTest {
    private static final Block GENESIS = Orderings.genesis();

    @TempDir
    Path folder;

    @Test
    void begins_with_its_genesis_block_published() throws Exception {
        try (OrdererLedger ledger = open()) {
            assertThat(ledger.height()).isEqualTo(1);
            assertThat(ledger.mark()).isEqualTo(1);
            assertThat(ledger.published(0, 10, Long.MAX_VALUE)).containsExactly(GENESIS);
        }
    }

    @Test
    void serves_no_provisional_block_and_keeps_it_when_it_is_opened_again() throws Exception {
        Block block;
        try (OrdererLedger ledger = open()) {
            block = append(ledger, "first");
            assertThat(ledger.height()).isEqualTo(2);
            assertThat(ledger.published(1, 10, Long.MAX_VALUE)).isEmpty();
        }
        try (OrdererLedger ledger = open()) {
            assertThat(ledger.height()).isEqualTo(2);
            assertThat(ledger.mark()).isEqualTo(1);
            assertThat(ledger.block(1)).isEqualTo(block);
            ledger.advanceMark();
        }
        try (OrdererLedger ledger = open()) {
            assertThat(ledger.mark()).isEqualTo(2);
            assertThat(ledger.published(1, 10, Long.MAX_VALUE)).containsExactly(block);
        }
    }

    @Test
    void drops_a_provisional_block_and_takes_another() throws Exception {
        try (OrdererLedger ledger = open()) {
            append(ledger, "lost");
            ledger.dropProvisional();
            Block other = append(ledger, "won");
            ledger.advanceMark();
            assertThat(ledger.published(1, 10, Long.MAX_VALUE)).containsExactly(other);
            ledger.dropProvisional();
            assertThat(ledger.height()).isEqualTo(2);
        }
    }

    @Test
    void marks_only_what_is_there() throws Exception {
        try (OrdererLedger ledger = open()) {
            assertThatThrownBy(ledger::advanceMark).isInstanceOf(OrdererLedgerException.class);
        }
    }

    @Test
    void a_torn_write_of_the_mark_leaves_the_mark_before() throws Exception {
        try (OrdererLedger ledger = open()) {
            append(ledger, "first");
            ledger.advanceMark();
        }
        try (RandomAccessFile file = new RandomAccessFile(markFile().toFile(), "rw")) {
            file.write(new byte[] {0, 0, 0, 0, 0, 0, 0, 9, 1, 2, 3, 4}); // mark 2 stands in the even slot
        }
        try (OrdererLedger ledger = open()) {
            assertThat(ledger.mark()).isEqualTo(1);
            assertThat(ledger.height()).isEqualTo(2);
        }
    }

    @Test
    void refuses_files_that_lost_a_published_block_or_their_mark() throws Exception {
        try (OrdererLedger ledger = open()) {
            append(ledger, "first");
            ledger.advanceMark();
            append(ledger, "second");
            ledger.advanceMark();
        }
        byte[] mark = Files.readAllBytes(markFile());
        Files.delete(markFile());
        assertThatThrownBy(this::open)
                .isInstanceOf(OrdererLedgerException.class)
                .hasMessageContaining("3 blocks");
        Files.write(markFile(), mark);
        Path blocks = markFile().resolveSibling("blockfile_000000");
        try (RandomAccessFile file = new RandomAccessFile(blocks.toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        assertThatThrownBy(this::open).isInstanceOf(OrdererLedgerException.class);
    }

    @Test
    void refuses_another_genesis_block_and_a_second_owner() throws Exception {
        try (OrdererLedger ledger = open()) {
            assertThat(ledger.height()).isEqualTo(1);
            assertThatThrownBy(this::open).isInstanceOf(OrdererLedgerException.class);
        }
        Block other = GENESIS.toBuilder()
                .setHeader(GENESIS.getHeader().toBuilder().setDataHash(Orderings.envelope("other")))
                .build();
        assertThatThrownBy(() -> OrdererLedger.open(folder, Orderings.CHANNEL, other))
                .isInstanceOf(OrdererLedgerException.class)
                .hasMessageContaining("another genesis");
        try (OrdererLedger ledger = open()) {
            assertThat(ledger.height()).isEqualTo(1);
        }
    }

    @Test
    void a_source_hands_out_published_blocks_within_bounds() throws Exception {
        try (OrdererLedger ledger = open()) {
            Block first = append(ledger, "first");
            ledger.advanceMark();
            append(ledger, "provisional");
            OrdererBlockSource source = new OrdererBlockSource(
                    channel -> channel.equals(Orderings.CHANNEL) ? Optional.of(ledger) : Optional.empty(),
                    Runnable::run,
                    OrderingMetrics.NONE);
            assertThat(source.height(Orderings.CHANNEL).toCompletableFuture().get(1, TimeUnit.SECONDS))
                    .hasValue(2);
            assertThat(source.blocks(Orderings.CHANNEL, 0, Integer.MAX_VALUE)
                            .toCompletableFuture()
                            .get())
                    .containsExactly(GENESIS, first);
            assertThat(source.blocks(Orderings.CHANNEL, 0, 1)
                            .toCompletableFuture()
                            .get())
                    .containsExactly(GENESIS);
            assertThat(source.blocks(Orderings.CHANNEL, 2, 10)
                            .toCompletableFuture()
                            .get())
                    .isEmpty();
            ChannelId other = new ChannelId("other");
            assertThat(source.height(other).toCompletableFuture().get()).isEmpty();
            assertThatThrownBy(() ->
                            source.blocks(other, 0, 1).toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private OrdererLedger open() throws OrdererLedgerException {
        return OrdererLedger.open(folder, Orderings.CHANNEL, GENESIS);
    }

    private static Block append(OrdererLedger ledger, String text) throws OrdererLedgerException {
        Block block = ProvisionalBlocks.next(ledger, Orderings.signer("orderer"), Orderings.envelope(text));
        ledger.appendProvisional(block);
        return block;
    }

    private Path markFile() {
        return folder.resolve("chains/chains/" + Orderings.CHANNEL + "/published.mark");
    }
}
