package org.jangbu.peer.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.RevocationUpdate;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.BlockHash;
import org.jangbu.model.BlockMetadataSlots;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.peer.validate.MemoryPeerLedger;
import org.jangbu.peer.validate.TestChannel;
import org.jangbu.peer.validate.TestTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelPipelineTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final DeliverSettings SETTINGS = new DeliverSettings(
            8,
            1 << 20,
            3,
            Duration.ofMillis(300),
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ofMillis(80),
            Duration.ofHours(1));

    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(3, 3, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1000));
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final BlocksAtHand source = new BlocksAtHand();
    private final TestChannel channel = new TestChannel();
    private final MemoryPeerLedger ledger = TestChannel.ledger();
    private final List<ValidatedBlock> told = Collections.synchronizedList(new ArrayList<>());
    private final HostedPipelines intake = new HostedPipelines();
    private final ChannelPipeline pipeline = new ChannelPipeline(
            ledger,
            TestChannel.CONFIG,
            new PipelineResources(source, executor, scheduler, 2, SETTINGS, List.of((id, block) -> told.add(block))));

    ChannelPipelineTest() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // a busy machine is no failure
        intake.add(pipeline);
    }

    @AfterEach
    void stop() {
        intake.close();
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    @Test
    void commits_blocks_in_order_and_tells_of_each() {
        offer(blocks(8));

        await().until(() -> pipeline.status().height() == 9);
        assertThat(told).extracting(ValidatedBlock::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(ledger.get(new StateKey("basic", "key7"))).isPresent();
        assertThat(pipeline.status().isHealthy()).isTrue();
        assertThat(pipeline.status().isCaughtUp()).isTrue();
        assertThat(pipeline.status().counters().transactions()).isEqualTo(8);
    }

    @Test
    void commits_blocks_that_come_in_any_order_and_more_than_once() {
        List<Block> blocks = blocks(8);
        List<Block> shuffled = new ArrayList<>(blocks);
        shuffled.addAll(blocks);
        Collections.shuffle(shuffled, new Random(3));

        offer(shuffled);

        await().until(() -> pipeline.status().height() == 9);
        assertThat(told).hasSize(8);
        assertThat(pipeline.status().fork()).isEmpty();
    }

    @Test
    void fetches_what_is_missing() {
        List<Block> blocks = blocks(10);
        source.have(channel.blocks());

        offer(List.of(blocks.get(0), blocks.get(6)));

        await().until(() -> pipeline.status().height() >= 8);
        assertThat(pipeline.status().counters().fetched()).isPositive();
    }

    @Test
    void fetches_a_last_block_that_nobody_sent_once_the_height_is_known() {
        blocks(7);
        source.have(channel.blocks());

        intake.announce(CHANNEL, 8);

        await().until(() -> pipeline.status().height() == 8);
    }

    @Test
    void asks_for_the_height_when_it_starts() {
        blocks(5);
        source.have(channel.blocks());
        MemoryPeerLedger late = TestChannel.ledger();
        try (ChannelPipeline second = new ChannelPipeline(
                late, TestChannel.CONFIG, new PipelineResources(source, executor, scheduler, 0, SETTINGS, List.of()))) {
            second.start();
            await().until(() -> late.height() == 6);
        }
    }

    @Test
    void drops_what_finds_no_room_and_fetches_it_later() {
        List<Block> blocks = blocks(40);
        source.have(channel.blocks());
        ledger.away(true);

        offer(blocks);
        await().until(() -> pipeline.status().trouble().isPresent());
        assertThat(pipeline.status().waiting()).isLessThanOrEqualTo(8);
        assertThat(pipeline.status().known()).isEqualTo(41);
        assertThat(pipeline.status().isCaughtUp()).isFalse();

        ledger.away(false);
        await().until(() -> pipeline.status().height() == 41);
        assertThat(pipeline.status().isHealthy()).isTrue();
    }

    @Test
    void keeps_asking_a_source_that_is_away_or_silent() {
        blocks(6);
        source.away(true);
        intake.announce(CHANNEL, 7);
        await().until(() -> source.asked() >= 3);

        source.away(false);
        source.silent(true);
        int before = source.asked();
        await().until(() -> source.asked() > before + 1);

        source.silent(false);
        source.have(channel.blocks());
        await().until(() -> pipeline.status().height() == 7);
    }

    @Test
    void waits_for_a_database_that_is_away_and_loses_nothing() {
        List<Block> blocks = blocks(5);
        offer(blocks.subList(0, 2));
        await().until(() -> pipeline.status().height() == 3);

        ledger.away(true);
        offer(blocks.subList(2, 5));
        await().until(() -> pipeline.status().trouble().isPresent());
        assertThat(pipeline.status().isHealthy()).isFalse();
        assertThat(pipeline.status().halted()).isEmpty();

        ledger.away(false);
        await().until(() -> pipeline.status().height() == 6);
        assertThat(pipeline.status().isHealthy()).isTrue();
        assertThat(told).hasSize(5);
    }

    @Test
    void refuses_a_forged_block_and_takes_the_real_one() {
        Block real = channel.next(TestTransaction.writing("a", "1").bytes());
        Block forged = TestChannel.sign(real.getHeader(), real.getData(), FabricVectors.admin(1));

        offer(List.of(forged));
        await().until(() -> pipeline.status().counters().refused() == 1);
        assertThat(ledger.height()).isEqualTo(1);
        assertThat(pipeline.status().isCaughtUp())
                .as("a forged block is no reason to wait for more")
                .isTrue();

        offer(List.of(real));
        await().until(() -> ledger.height() == 2);
        assertThat(pipeline.status().fork()).isEmpty();
    }

    @Test
    void refuses_damaged_blocks() {
        Block real = channel.next(TestTransaction.writing("a", "1").bytes());
        BlockData otherData = BlockData.newBuilder()
                .addData(TestTransaction.writing("a", "9").bytes())
                .build();
        List<Block> damaged = List.of(
                real.toBuilder().setData(otherData).build(),
                signed(
                        real,
                        BlockData.newBuilder()
                                .addData(ByteString.copyFromUtf8("rubbish"))
                                .build()),
                signed(real, BlockData.newBuilder().addData(nonCanonical(real)).build()),
                signed(real, BlockData.getDefaultInstance()),
                signed(
                        real,
                        BlockData.newBuilder()
                                .addData(FabricVectors.block(1).getData().getData(0))
                                .addData(real.getData().getData(0))
                                .build()),
                real.toBuilder().clearMetadata().build());
        for (int i = 0; i < damaged.size(); i++) {
            int refused = i + 1;
            offer(List.of(damaged.get(i)));
            await().until(() -> pipeline.status().counters().refused() == refused);
        }
        offer(List.of(real));
        await().until(() -> ledger.height() == 2);
    }

    @Test
    void never_uses_a_filter_that_comes_along() {
        Block block = channel.next(
                TestTransaction.writing("a", "1").bytes(),
                TestTransaction.writing("b", "1")
                        .endorsedBy(FabricVectors.peer(1))
                        .bytes());
        Block lying = BlockMetadataSlots.with(
                new TransactionsFilter(ByteString.copyFrom(new byte[] {11, 0})).in(block),
                BlockMetadataIndex.COMMIT_HASH,
                ByteString.copyFromUtf8("a lie"));

        offer(List.of(lying));

        await().until(() -> ledger.height() == 2);
        Block committed = ledger.block(1).orElseThrow();
        assertThat(TransactionsFilter.of(committed).codes())
                .containsExactly(TxValidationCode.VALID, TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(BlockMetadataSlots.get(committed, BlockMetadataIndex.COMMIT_HASH))
                .isEmpty();
        assertThat(ledger.get(new StateKey("basic", "a"))).isPresent();
        assertThat(ledger.get(new StateKey("basic", "b"))).isEmpty();
    }

    @Test
    void raises_the_alarm_when_the_orderer_signed_two_blocks_of_one_number() {
        Block first = channel.next(TestTransaction.writing("a", "1").bytes());
        Block second = TestChannel.after(
                FabricVectors.block(0), TestTransaction.writing("a", "2").bytes());
        offer(List.of(first));
        await().until(() -> ledger.height() == 2);

        offer(List.of(second));

        await().until(() -> pipeline.status().fork().isPresent());
        assertThat(pipeline.status().isHealthy()).isFalse();
        assertThat(ledger.currentHash()).isEqualTo(BlockHash.of(first.getHeader()));
    }

    @Test
    void does_not_take_an_unsigned_contradiction_for_a_fork() {
        Block first = channel.next(TestTransaction.writing("a", "1").bytes());
        Block other = TestChannel.after(
                FabricVectors.block(0), TestTransaction.writing("a", "2").bytes());
        offer(List.of(first));
        await().until(() -> ledger.height() == 2);

        offer(List.of(TestChannel.sign(other.getHeader(), other.getData(), FabricVectors.user(1))));
        offer(List.of(channel.next(TestTransaction.writing("b", "1").bytes())));

        await().until(() -> ledger.height() == 3);
        assertThat(pipeline.status().fork()).isEmpty();
    }

    @Test
    void refuses_a_signed_block_that_follows_another_chain_and_goes_on_with_the_right_one() {
        Block elsewhere = TestChannel.after(
                FabricVectors.block(0), TestTransaction.writing("x", "1").bytes());
        Block forked =
                TestChannel.after(elsewhere, TestTransaction.writing("y", "1").bytes());
        List<Block> right = blocks(2);
        offer(List.of(right.get(0)));
        await().until(() -> ledger.height() == 2);

        offer(List.of(forked));
        await().until(() -> pipeline.status().fork().isPresent());
        assertThat(ledger.height()).isEqualTo(2);

        offer(List.of(right.get(1)));
        await().until(() -> ledger.height() == 3);
        assertThat(pipeline.status().fork()).as("an administrator has to know").isPresent();
    }

    @Test
    void takes_the_other_block_of_a_number_when_the_first_to_come_was_forged() {
        List<Block> blocks = blocks(2);
        Block forged = TestChannel.sign(
                blocks.get(1).getHeader().toBuilder()
                        .setDataHash(BlockHash.of(blocks.get(0).getData()))
                        .build(),
                blocks.get(0).getData(),
                FabricVectors.user(2));

        offer(List.of(forged, blocks.get(1), blocks.get(0)));

        await().until(() -> ledger.height() == 3);
    }

    @Test
    void halts_when_the_ledger_cannot_go_on() {
        List<Block> blocks = blocks(3);
        offer(blocks.subList(0, 1));
        await().until(() -> ledger.height() == 2);

        ledger.broken(true);
        offer(blocks.subList(1, 3));

        await().until(() -> pipeline.status().halted().isPresent());
        assertThat(pipeline.status().isHealthy()).isFalse();
        assertThat(pipeline.status().halted().orElseThrow()).contains("block 2");
        ledger.broken(false);
        offer(blocks.subList(1, 3));
        assertThat(ledger.height()).isEqualTo(2);
    }

    @Test
    void takes_configurations_of_a_real_chain_into_force() {
        MemoryPeerLedger real = MemoryPeerLedger.startingWith(FabricVectors.block(0));
        try (ChannelPipeline second = new ChannelPipeline(
                real,
                TestChannel.CONFIG,
                new PipelineResources(source, executor, scheduler, 2, DeliverSettings.DEFAULT, List.of()))) {
            FabricVectors.chain().forEach(second::offer);

            await().until(() -> real.height() == 11);
            assertThat(second.config().sequence()).isEqualTo(2);
            assertThat(second.status().isHealthy()).isTrue();
        }
        for (int number = 1; number <= 10; number++) {
            assertThat(real.block(number)
                            .orElseThrow()
                            .getMetadata()
                            .getMetadataList()
                            .subList(0, 4))
                    .as("signatures, last configuration and filter of block " + number)
                    .isEqualTo(FabricVectors.block(number)
                            .getMetadata()
                            .getMetadataList()
                            .subList(0, 4));
        }
    }

    @Test
    void a_configuration_counts_from_the_next_block_on_and_one_that_does_not_follow_is_flagged_and_halts_nobody()
            throws Exception {
        ByteString first = TestConfigurations.configuration(
                TestChannel.CONFIG,
                TestConfigurations.update(
                        TestConfigurations.capability("V2_0"), FabricVectors.admin(1), FabricVectors.admin(2)));
        ByteString stale = TestConfigurations.configuration(
                TestChannel.CONFIG,
                TestConfigurations.update(
                        RevocationUpdate.prepare(
                                TestChannel.CONFIG,
                                FabricVectors.ORG1,
                                List.of(ByteString.copyFrom(FabricVectors.revocation(FabricVectors.user(1))
                                        .getEncoded()))),
                        FabricVectors.admin(1)));
        List<Block> blocks = List.of(
                channel.next(first),
                channel.next(stale),
                channel.next(TestTransaction.writing("a", "1").bytes()));
        MemoryPeerLedger ahead = TestChannel.ledger();
        try (ChannelPipeline second = new ChannelPipeline(
                ahead,
                TestChannel.CONFIG,
                new PipelineResources(source, executor, scheduler, 0, SETTINGS, List.of()))) {
            blocks.forEach(second::offer);
            await().until(() -> ahead.height() == 4);
            offer(blocks);
            await().until(() -> ledger.height() == 4);

            for (MemoryPeerLedger peer : List.of(ahead, ledger)) {
                assertThat(codes(peer, 1)).containsExactly(TxValidationCode.VALID);
                assertThat(codes(peer, 2)).containsExactly(TxValidationCode.INVALID_CONFIG_TRANSACTION);
                assertThat(codes(peer, 3)).containsExactly(TxValidationCode.VALID);
            }
            assertThat(pipeline.config().sequence()).isEqualTo(1);
            assertThat(second.config().config()).isEqualTo(pipeline.config().config());
            assertThat(pipeline.status().isHealthy()).isTrue();
        }
    }

    private static List<TxValidationCode> codes(MemoryPeerLedger peer, long number) {
        return TransactionsFilter.of(peer.block(number).orElseThrow()).codes();
    }

    /** The network goes on with rules that this version does not know: any verdict of ours could be another than theirs. */
    @Test
    void halts_when_the_channel_demands_what_this_version_does_not_have() throws ConfigUpdateException {
        offer(List.of(channel.next(TestConfigurations.configuration(
                TestChannel.CONFIG,
                TestConfigurations.update(
                        TestConfigurations.capability("V9_9"), FabricVectors.admin(1), FabricVectors.admin(2))))));

        await().until(() -> pipeline.status().halted().isPresent());
        assertThat(pipeline.status().halted().orElseThrow()).contains("V9_9");
        assertThat(ledger.height()).isEqualTo(1);
    }

    @Test
    void a_listener_that_fails_harms_nobody() {
        MemoryPeerLedger other = TestChannel.ledger();
        try (ChannelPipeline second = new ChannelPipeline(
                other,
                TestChannel.CONFIG,
                new PipelineResources(source, executor, scheduler, 0, SETTINGS, List.of((id, block) -> {
                    throw new IllegalStateException("a bad listener");
                })))) {
            blocks(3).forEach(second::offer);
            await().until(() -> other.height() == 4);
            assertThat(second.status().isHealthy()).isTrue();
        }
    }

    private List<Block> blocks(int count) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(channel.next(TestTransaction.writing("key" + i, "value").bytes()));
        }
        return blocks;
    }

    private void offer(List<Block> blocks) {
        blocks.forEach(block -> intake.offer(CHANNEL, block));
    }

    private static Block signed(Block like, BlockData data) {
        BlockHeader header =
                like.getHeader().toBuilder().setDataHash(BlockHash.of(data)).build();
        return TestChannel.sign(header, data, FabricVectors.orderer());
    }

    /** The same envelope with its fields in the other order, which protobuf reads but never writes. */
    private static ByteString nonCanonical(Block block) {
        ByteString envelope = block.getData().getData(0);
        int signature = envelope.size() - signatureLength(envelope);
        return envelope.substring(signature).concat(envelope.substring(0, signature));
    }

    private static int signatureLength(ByteString envelope) {
        for (int length = 66; length < 80; length++) {
            int tag = envelope.size() - length;
            if (envelope.byteAt(tag) == 0x12 && envelope.byteAt(tag + 1) == length - 2) {
                return length;
            }
        }
        throw new IllegalStateException("no signature at the end of the envelope");
    }
}
