package org.jangbu.ordering.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.model.BlockHash;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.Configurations;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jangbu.ordering.testing.Updates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations on their way through the orderers, by real signatures. */
class ConfigOrderingTest {
    @TempDir
    static Path folder;

    private static TrialNetwork network;
    private static Block genesis;
    private static ChannelConfig config;

    private MemoryChain chain;

    @BeforeAll
    static void found() throws ChannelConfigException {
        network = new TrialNetwork(folder);
        genesis = network.genesis(TrialNetwork.CHANNEL, 3);
        config = ChannelConfigReader.read(genesis);
    }

    @BeforeEach
    void begin() {
        chain = new MemoryChain(genesis);
    }

    @Test
    void a_configuration_is_alone_in_its_block_and_counts_from_the_next_one_on() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        order(sequencer, transactions(2));
        order(sequencer, configuration(1));
        assertThat(sequencer.config().orderer().maxMessageCount()).isEqualTo(1);
        Batch waiting = transactions(3);
        for (int i = 0; i < 3; i++) {
            order(sequencer, waiting);
        }

        assertThat(sequencer.next(new BatchPlan(waiting))).isEmpty();
        List<Integer> sizes = new ArrayList<>();
        List<Long> lastConfigs = new ArrayList<>();
        for (int number = 1; number < chain.height(); number++) {
            sizes.add(chain.block(number).getData().getDataCount());
            lastConfigs.add(lastConfig(chain.block(number)));
        }
        assertThat(sizes).containsExactly(2, 1, 1, 1, 1);
        assertThat(lastConfigs).containsExactly(0L, 2L, 2L, 2L, 2L);
    }

    @Test
    void of_two_made_of_the_same_configuration_the_second_is_dropped_and_ordering_goes_on() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        Batch first = configuration(1);
        Batch second = configuration(2);
        order(sequencer, first);

        assertThat(sequencer.next(new BatchPlan(second))).isEmpty();
        assertThat(sequencer.config().orderer().maxMessageCount()).isEqualTo(1);
        order(sequencer, transactions(1));
        assertThat(chain.height()).isEqualTo(3);
    }

    @Test
    void a_configuration_is_ordered_once_however_often_its_batch_comes() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        Batch batch = configuration(1);
        order(sequencer, batch);
        assertThat(sequencer.next(new BatchPlan(batch))).isEmpty();

        ChannelSequencer restarted = sequencer("orderer", chain);
        assertThat(restarted.config().sequence()).isEqualTo(1);
        assertThat(restarted.next(new BatchPlan(batch))).isEmpty();
        assertThat(chain.height()).isEqualTo(2);
    }

    @Test
    void after_a_crash_the_provisional_configuration_is_published_and_in_force_only_then() throws Exception {
        Batch batch = configuration(1);
        Block lost = sequencer("orderer", chain).next(new BatchPlan(batch)).orElseThrow();

        ChannelSequencer restarted = sequencer("orderer", chain);
        assertThat(restarted.config().sequence()).isZero();
        assertThat(restarted.next(new BatchPlan(batch))).contains(lost);
        restarted.advanceMark(lost, Instant.now());
        assertThat(restarted.config().sequence()).isEqualTo(1);
        assertThat(restarted.next(new BatchPlan(batch))).isEmpty();
    }

    @Test
    void two_orderers_cut_alike_and_the_one_that_loses_takes_the_others_configuration() throws Exception {
        MemoryChain otherChain = new MemoryChain(genesis);
        ChannelSequencer winner = sequencer("orderer", chain);
        ChannelSequencer loser = sequencer("orderer2", otherChain);
        Batch configuration = configuration(1);
        Block published = order(winner, configuration);
        Block own = loser.next(new BatchPlan(configuration)).orElseThrow();
        assertThat(own.getHeader()).isEqualTo(published.getHeader());

        assertThat(loser.hear(published)).isEqualTo(Hearing.TAKEN);
        assertThat(loser.config().sequence()).isEqualTo(1);
        Batch waiting = transactions(3);
        Block next = order(winner, waiting);
        assertThat(loser.next(new BatchPlan(waiting)).orElseThrow().getHeader()).isEqualTo(next.getHeader());
    }

    @Test
    void a_published_configuration_that_nobody_authorised_stays_without_effect() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        order(sequencer, configuration(1));
        Batch stale = configuration(2);
        Block bad = new BlockMaker(network.orderer("orderer2").signer(), new Random(1))
                .make(
                        2,
                        BlockHash.of(chain.block(1).getHeader()),
                        List.of(stale.entries().get(0).envelope()),
                        2,
                        new BatchPart(stale.id(), 0, 1));

        assertThat(sequencer.hear(bad)).isEqualTo(Hearing.TAKEN);
        assertThat(sequencer.config().sequence()).isEqualTo(1);
        order(sequencer, transactions(1));
        assertThat(lastConfig(chain.block(3))).isEqualTo(1);
    }

    @Test
    void an_orderer_that_starts_upon_an_unauthorised_configuration_trusts_no_block_that_names_it() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        order(sequencer, configuration(1));
        BlockMaker faulty = new BlockMaker(network.orderer("orderer2").signer(), new Random(1));
        Batch stale = configuration(2);
        Block bad = faulty.make(
                2,
                BlockHash.of(chain.block(1).getHeader()),
                List.of(stale.entries().get(0).envelope()),
                2,
                new BatchPart(stale.id(), 0, 1));
        assertThat(sequencer.hear(bad)).isEqualTo(Hearing.TAKEN);

        ChannelSequencer restarted = sequencer("orderer", chain);
        assertThat(restarted.config().orderer().maxMessageCount()).isEqualTo(1);

        Batch usual = transactions(1);
        Block misleading = faulty.make(
                3,
                BlockHash.of(bad.getHeader()),
                List.of(usual.entries().get(0).envelope()),
                2,
                new BatchPart(usual.id(), 0, 1));
        assertThat(restarted.hear(misleading)).isEqualTo(Hearing.TAKEN);
        ChannelSequencer again = sequencer("orderer", chain);
        assertThat(again.config().orderer().maxMessageCount()).isEqualTo(1);
        order(again, transactions(1));
        assertThat(lastConfig(chain.block(4))).isEqualTo(1);
        assertThat(sequencer("orderer", chain).config().orderer().maxMessageCount())
                .isEqualTo(1);
    }

    @Test
    void an_orderer_that_starts_upon_a_block_that_names_an_old_configuration_finds_the_newer_one() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        order(sequencer, configuration(1));
        order(sequencer, transactions(1));
        Batch usual = transactions(1);
        Block misleading = new BlockMaker(network.orderer("orderer2").signer(), new Random(1))
                .make(
                        3,
                        BlockHash.of(chain.block(2).getHeader()),
                        List.of(usual.entries().get(0).envelope()),
                        0,
                        new BatchPart(usual.id(), 0, 1));
        assertThat(sequencer.hear(misleading)).isEqualTo(Hearing.TAKEN);

        ChannelSequencer restarted = sequencer("orderer", chain);

        assertThat(restarted.config().orderer().maxMessageCount()).isEqualTo(1);
        order(restarted, transactions(1));
        assertThat(lastConfig(chain.block(4))).isEqualTo(1);
    }

    @Test
    void the_order_within_a_batch_counts_from_the_next_block_on() throws Exception {
        ChannelSequencer sequencer = sequencer("orderer", chain);
        ByteString late = network.envelope(TrialNetwork.CHANNEL, "late");
        ByteString early = network.envelope(TrialNetwork.CHANNEL, "early");
        Instant now = Instant.now();
        List<Batch.Entry> arrived = List.of(new Batch.Entry(early, now), new Batch.Entry(late, now));
        Batch before = new Batch(UUID.randomUUID(), TrialNetwork.CHANNEL, 0, arrived);
        Batch after = new Batch(UUID.randomUUID(), TrialNetwork.CHANNEL, 0, arrived);
        assertThat(order(sequencer, before).getData().getDataList())
                .as("by the timestamps of their headers")
                .containsExactly(late, early);

        Block changing = order(sequencer, byArrival());
        assertThat(changing.getData().getDataCount()).isEqualTo(1);

        assertThat(order(sequencer, after).getData().getDataList())
                .as("as they arrived")
                .containsExactly(early, late);
    }

    private static Batch byArrival() throws Exception {
        ByteString update = network.update(Updates.orderByArrival(config), network.ordererAdmin());
        return Configurations.batch(
                config, update, network.orderer("orderer").signer().current());
    }

    private static ChannelSequencer sequencer(String name, MemoryChain chain) throws OrdererLedgerException {
        return new ChannelSequencer(
                TrialNetwork.CHANNEL,
                chain,
                new BlockMaker(network.orderer(name).signer(), new Random(1)),
                (channel, block) -> {
                    try {
                        return ChannelConfigReader.read(block);
                    } catch (ChannelConfigException e) {
                        throw new OrdererLedgerException(channel, "not readable", e);
                    }
                },
                Clock.systemUTC(),
                (channel, batch) -> {});
    }

    private static Block order(ChannelSequencer sequencer, Batch batch) throws OrdererLedgerException {
        Block block = sequencer.next(new BatchPlan(batch)).orElseThrow();
        sequencer.advanceMark(block, Instant.now());
        return block;
    }

    private static Batch configuration(int mostTransactions) throws Exception {
        ByteString update = network.update(Updates.batchSize(config, mostTransactions), network.ordererAdmin());
        return Configurations.batch(
                config, update, network.orderer("orderer").signer().current());
    }

    private static Batch transactions(int count) {
        List<Batch.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Batch.Entry(network.envelope(TrialNetwork.CHANNEL, "text " + i), Instant.now()));
        }
        return new Batch(UUID.randomUUID(), TrialNetwork.CHANNEL, 0, entries);
    }

    private static long lastConfig(Block block) throws Exception {
        LastConfig unsigned = LastConfig.parseFrom(
                Metadata.parseFrom(block.getMetadata().getMetadata(1)).getValue());
        Metadata signatures = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        assertThat(OrdererBlockMetadata.parseFrom(signatures.getValue()).getLastConfig())
                .isEqualTo(unsigned);
        return unsigned.getIndex();
    }
}
