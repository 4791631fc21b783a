package org.jangbu.ordering.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jangbu.model.ChannelId;
import org.junit.jupiter.api.Test;

class BatchEncodingTest {
    private static final Batch BATCH = new Batch(
            new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
            new ChannelId("ch1"),
            7,
            List.of(
                    new Batch.Entry(ByteString.copyFromUtf8("first"), Instant.ofEpochMilli(1_000)),
                    new Batch.Entry(ByteString.EMPTY, Instant.ofEpochMilli(-1)),
                    new Batch.Entry(ByteString.copyFromUtf8("third"), Instant.ofEpochMilli(3_000))));

    @Test
    void reads_what_it_wrote() throws MalformedBatchException {
        assertThat(BatchEncoding.decode(BatchEncoding.encode(BATCH))).isEqualTo(BATCH);
    }

    /** A broker may hold batches of the release before. */
    @Test
    void writes_the_bytes_that_earlier_releases_wrote() {
        assertThat(HexFormat.of().formatHex(BatchEncoding.encode(BATCH)))
                .isEqualTo(
                        "01" + "0102030405060708090a0b0c0d0e0f10" + "0000000000000007" + "0003" + "636831" + "00000003"
                                + "00000000000003e8" + "00000005" + "6669727374"
                                + "ffffffffffffffff" + "00000000"
                                + "0000000000000bb8" + "00000005" + "7468697264");
    }

    @Test
    void refuses_every_shorter_and_every_longer_text() {
        byte[] whole = BatchEncoding.encode(BATCH);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> BatchEncoding.decode(cut)).isInstanceOf(MalformedBatchException.class);
        }
        assertThatThrownBy(() -> BatchEncoding.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(MalformedBatchException.class);
    }

    @Test
    void refuses_a_count_that_the_bytes_cannot_hold_without_making_room_for_it() {
        byte[] whole = BatchEncoding.encode(BATCH);
        ByteBuffer.wrap(whole).putInt(1 + 16 + 8 + 2 + 3, Integer.MAX_VALUE);
        assertThatThrownBy(() -> BatchEncoding.decode(whole))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessageContaining("2147483647 envelopes");
    }

    @Test
    void no_bytes_make_it_fail_otherwise() {
        Random random = new Random(1);
        byte[] whole = BatchEncoding.encode(BATCH);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoiled = whole.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
            }
            try {
                BatchEncoding.decode(spoiled);
            } catch (MalformedBatchException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
