package org.jangbu.peer.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.jangbu.peer.deliver.PendingBlocks.Offer;
import org.junit.jupiter.api.Test;

class PendingBlocksTest {
    private final PendingBlocks pending = new PendingBlocks(5, 4, 10_000);

    @Test
    void takes_blocks_of_the_next_numbers_in_any_order() {
        assertThat(pending.offer(block(7))).isEqualTo(Offer.TAKEN);
        assertThat(pending.offer(block(5))).isEqualTo(Offer.TAKEN);
        assertThat(pending.head())
                .hasValueSatisfying(head -> assertThat(head.number()).isEqualTo(5));
        assertThat(pending.firstMissing()).isEqualTo(6);
        assertThat(pending.room(6)).as("up to the one that is here").isEqualTo(1);

        pending.advance();
        assertThat(pending.head()).isEmpty();
        assertThat(pending.next()).isEqualTo(6);
    }

    @Test
    void tells_apart_what_it_does_not_take() {
        pending.offer(block(6));
        assertThat(pending.offer(block(4))).isEqualTo(Offer.PAST);
        assertThat(pending.offer(block(6))).isEqualTo(Offer.REPEATED);
        assertThat(pending.offer(block(6, "other", 10))).isEqualTo(Offer.CONTRADICTED);
        assertThat(pending.offer(block(9))).as("four at most").isEqualTo(Offer.NO_ROOM);
        assertThat(pending.offer(block(-1))).as("the largest number there is").isEqualTo(Offer.NO_ROOM);
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void has_room_for_the_next_block_however_much_waits() {
        assertThat(pending.offer(block(6, "large", 9_900))).isEqualTo(Offer.TAKEN);
        assertThat(pending.offer(block(7, "large", 9_900))).isEqualTo(Offer.NO_ROOM);
        assertThat(pending.offer(block(5, "large", 9_900))).isEqualTo(Offer.TAKEN);
        assertThat(pending.room(7)).isZero();
        pending.advance();
        pending.advance();
        assertThat(pending.offer(block(8))).isEqualTo(Offer.TAKEN);
        pending.drop(8);
        assertThat(pending.size()).isZero();
        assertThat(pending.room(7)).isEqualTo(4);
    }

    private static BlockArrival block(long number) {
        return block(number, "data", 10);
    }

    private static BlockArrival block(long number, String data, int size) {
        return new BlockArrival(Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number).setDataHash(ByteString.copyFromUtf8(data)))
                .setData(BlockData.newBuilder().addData(ByteString.copyFrom(new byte[size])))
                .build());
    }
}
