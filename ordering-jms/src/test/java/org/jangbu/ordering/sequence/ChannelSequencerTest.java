package org.jangbu.ordering.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.jangbu.model.BlockHash;
import org.jangbu.ordering.broadcast.Batch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelSequencerTest {
    private static final Clock CLOCK = Clock.fixed(Orderings.NOON, ZoneOffset.UTC);

    private final MemoryChain chain = new MemoryChain(Orderings.genesis());
    private final List<UUID> complete = new ArrayList<>();

    @Test
    void a_block_is_made_as_fabrics_orderer_makes_it() throws Exception {
        Block block = next(sequencer("a"), batch(1));

        assertThat(block.getHeader().getNumber()).isEqualTo(1);
        assertThat(block.getHeader().getPreviousHash())
                .isEqualTo(BlockHash.of(Orderings.genesis().getHeader()));
        assertThat(block.getHeader().getDataHash()).isEqualTo(BlockHash.of(block.getData()));
        assertThat(block.getMetadata().getMetadataCount()).isEqualTo(5);
        Metadata signatures = Metadata.parseFrom(block.getMetadata().getMetadata(0));
        OrdererBlockMetadata value = OrdererBlockMetadata.parseFrom(signatures.getValue());
        assertThat(value.getLastConfig().getIndex()).isZero();
        assertThat(lastConfig(block).getIndex()).isZero();
        assertThat(signatures.getSignaturesCount()).isEqualTo(1);
        SignatureHeader header =
                SignatureHeader.parseFrom(signatures.getSignatures(0).getSignatureHeader());
        assertThat(header.getCreator()).isEqualTo(ByteString.copyFromUtf8("a"));
        assertThat(header.getNonce().size()).isEqualTo(24);
        assertThat(block.getMetadata().getMetadataList().subList(2, 5)).containsOnly(ByteString.EMPTY);
    }

    @Test
    void a_provisional_block_comes_before_any_batch_also_after_a_crash() throws Exception {
        Block left = next(sequencer("a"), batch(1));
        assertThat(chain.mark()).isEqualTo(1);
        assertThat(next(sequencer("a"), batch(2))).isEqualTo(left);
    }

    @Test
    void a_batch_is_done_when_all_its_parts_are_published_and_stays_so_after_a_crash() throws Exception {
        ChannelSequencer sequencer = sequencer("a");
        Batch batch = batch(5);
        for (int part = 0; part < 3; part++) {
            assertThat(complete).isEmpty();
            Block block = next(sequencer, batch);
            assertThat(block.getData().getDataCount()).isEqualTo(part == 2 ? 1 : 2);
            sequencer.advanceMark(block, Instant.now());
        }
        assertThat(complete).containsExactly(batch.id());
        assertThat(sequencer.next(new BatchPlan(batch))).isEmpty();
        assertThat(sequencer("a").next(new BatchPlan(batch))).isEmpty();
    }

    @Test
    void goes_on_where_another_orderer_stopped_in_the_middle_of_a_batch() throws Exception {
        Batch batch = batch(3);
        Block first = ProvisionalBlocksOf.part(batch, 0, 2, chain);
        ChannelSequencer sequencer = sequencer("b");
        assertThat(sequencer.hear(first)).isEqualTo(Hearing.TAKEN);
        Block second = next(sequencer, batch);
        assertThat(BatchPart.of(second)).contains(new BatchPart(batch.id(), 1, 2));
    }

    @Test
    void another_orderers_block_replaces_the_provisional_one_and_the_batch_is_planned_again() throws Exception {
        ChannelSequencer sequencer = sequencer("b");
        Batch ours = batch(1);
        Block lost = next(sequencer, ours);
        Block won = ProvisionalBlocksOf.part(batch(2), 0, 1, chain);

        assertThat(sequencer.hear(won)).isEqualTo(Hearing.TAKEN);
        assertThat(sequencer.mark()).isEqualTo(2);
        assertThat(chain.block(1)).isEqualTo(won);
        Block again = next(sequencer, ours);
        assertThat(again.getHeader().getNumber()).isEqualTo(2);
        assertThat(again.getData()).isEqualTo(lost.getData());
    }

    @Test
    void its_own_block_heard_before_the_answer_is_marked_once() throws Exception {
        ChannelSequencer sequencer = sequencer("a");
        Block block = next(sequencer, batch(1));
        assertThat(sequencer.hear(block)).isEqualTo(Hearing.TAKEN);
        sequencer.advanceMark(block, Instant.now());
        assertThat(sequencer.hear(block)).isEqualTo(Hearing.KNOWN);
        assertThat(sequencer.mark()).isEqualTo(2);
    }

    @Test
    void takes_no_block_out_of_order_no_tampered_one_and_cries_fork() throws Exception {
        ChannelSequencer sequencer = sequencer("a");
        Block first = ProvisionalBlocksOf.part(batch(1), 0, 1, chain);
        Block other = ProvisionalBlocksOf.part(batch(2), 0, 1, chain);
        Block tampered = first.toBuilder().setData(other.getData()).build();
        Block elsewhere = other.toBuilder()
                .setHeader(other.getHeader().toBuilder().setPreviousHash(ByteString.copyFromUtf8("elsewhere")))
                .build();
        Block later = other.toBuilder()
                .setHeader(other.getHeader().toBuilder().setNumber(9))
                .build();

        assertThat(sequencer.hear(later)).isEqualTo(Hearing.GAP);
        assertThat(sequencer.hear(tampered)).isEqualTo(Hearing.REFUSED);
        assertThat(sequencer.hear(elsewhere)).isEqualTo(Hearing.REFUSED);
        assertThat(sequencer.mark()).isEqualTo(1);
        assertThat(sequencer.hear(first)).isEqualTo(Hearing.TAKEN);
        assertThat(sequencer.hear(other)).isEqualTo(Hearing.FORK);
        assertThat(chain.block(1)).isEqualTo(first);
    }

    @Test
    void takes_no_block_that_is_not_signed_as_it_must_be() throws Exception {
        ChannelSequencer sequencer = sequencer("a");
        Block unsigned = ProvisionalBlocksOf.part(batch(1), 0, 1, chain).toBuilder()
                .clearMetadata()
                .build();
        assertThat(sequencer.hear(unsigned)).isEqualTo(Hearing.REFUSED);
    }

    /** The new configuration judges anew; nobody is known to the membership of this test, so it refuses all. */
    @Test
    void a_batch_judged_by_an_older_configuration_is_filtered_again() throws Exception {
        ChannelConfig newer = Orderings.config(
                1, new OrdererSettings(2, 10_000, 5_000, Duration.ofSeconds(2), "jms", Map.of(), Set.of()));
        ChannelSequencer sequencer = sequencer("a", newer);
        assertThat(sequencer.next(new BatchPlan(batch(3)))).isEmpty();
        assertThat(chain.height()).isEqualTo(1);
    }

    @Test
    void publishes_only_while_it_is_sure_to_know_what_others_published() throws Exception {
        ChannelSequencer sequencer = sequencer("a");
        assertThat(sequencer.mayPublish()).isFalse();
        sequencer.caughtUp(Orderings.NOON.minus(ChannelSequencer.LEASE));
        assertThat(sequencer.mayPublish()).isTrue();
        sequencer.caughtUp(Orderings.NOON.minus(ChannelSequencer.LEASE).minusMillis(1));
        assertThat(sequencer.mayPublish()).isFalse();
        sequencer.caughtUp(Orderings.NOON.plusMillis(1));
        assertThat(sequencer.mayPublish()).isFalse();
        sequencer.caughtUp(Orderings.NOON);
        sequencer.doubt();
        assertThat(sequencer.mayPublish()).isFalse();
    }

    @Test
    void does_not_open_a_chain_whose_configuration_cannot_be_read() {
        assertThatThrownBy(() -> sequencer("a", null)).isInstanceOf(OrdererLedgerException.class);
    }

    private ChannelSequencer sequencer(String name) throws OrdererLedgerException {
        return sequencer(name, Orderings.config());
    }

    private ChannelSequencer sequencer(String name, @Nullable ChannelConfig config) throws OrdererLedgerException {
        ConfigSource configs = (channel, block) -> {
            if (config == null) {
                throw new OrdererLedgerException(channel, "not readable");
            }
            return config;
        };
        return new ChannelSequencer(
                Orderings.CHANNEL,
                chain,
                new BlockMaker(Orderings.signer(name), new Random(1)),
                configs,
                CLOCK,
                (channel, batch) -> complete.add(batch));
    }

    private static Block next(ChannelSequencer sequencer, Batch batch) throws OrdererLedgerException {
        return sequencer.next(new BatchPlan(batch)).orElseThrow();
    }

    private static Batch batch(int envelopes) {
        UUID id = UUID.randomUUID();
        return new Batch(
                id,
                Orderings.CHANNEL,
                0,
                IntStream.range(0, envelopes)
                        .mapToObj(i -> new Batch.Entry(Orderings.envelope(id + " " + i), Orderings.NOON))
                        .toList());
    }

    private static LastConfig lastConfig(Block block) throws InvalidProtocolBufferException {
        return LastConfig.parseFrom(
                Metadata.parseFrom(block.getMetadata().getMetadata(1)).getValue());
    }

    /** Blocks as another orderer publishes them on top of a chain. */
    private static final class ProvisionalBlocksOf {
        static Block part(Batch batch, int part, int parts, ProvisionalChain chain) throws OrdererLedgerException {
            List<ByteString> envelopes =
                    new BatchPlan(batch).parts(Orderings.config()).get(part);
            long number = chain.mark();
            return new BlockMaker(Orderings.signer("another"), new Random(2))
                    .make(
                            number,
                            BlockHash.of(chain.block(number - 1).getHeader()),
                            envelopes,
                            0,
                            new BatchPart(batch.id(), part, parts));
        }
    }
}
