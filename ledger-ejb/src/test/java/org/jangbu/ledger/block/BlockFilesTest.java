package org.jangbu.ledger.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFilesTest {
    private static final ChannelId CHANNEL = new ChannelId("channel1");

    @TempDir
    Path folder;

    @Test
    void returns_blocks_by_number_and_by_hash_also_after_reopening() throws Exception {
        List<Block> chain = Chain.of(20);
        write(chain);
        try (BlockFiles files = open()) {
            assertThat(files.height()).isEqualTo(20);
            for (Block block : chain) {
                assertThat(files.block(block.getHeader().getNumber())).contains(block);
                assertThat(files.header(block.getHeader().getNumber())).contains(block.getHeader());
                assertThat(files.blockByHash(BlockHash.of(block.getHeader()))).contains(block);
            }
            assertThat(files.currentHash()).isEqualTo(BlockHash.of(chain.get(19).getHeader()));
            assertThat(files.block(20)).isEmpty();
            assertThat(files.block(-1)).isEmpty();
            assertThat(files.blockByHash(ByteString.copyFrom(new byte[32]))).isEmpty();
            assertThat(files.blockByHash(ByteString.EMPTY)).isEmpty();
        }
    }

    @Test
    void reads_a_run_of_blocks_within_its_limits() throws Exception {
        List<Block> chain = Chain.of(10, 1000);
        write(chain);
        try (BlockFiles files = open()) {
            assertThat(files.blocks(3, 4, Long.MAX_VALUE)).isEqualTo(chain.subList(3, 7));
            assertThat(files.blocks(8, 100, Long.MAX_VALUE)).isEqualTo(chain.subList(8, 10));
            assertThat(files.blocks(0, 100, 1)).isEqualTo(chain.subList(0, 1));
            assertThat(files.blocks(10, 5, 1000)).isEmpty();
        }
    }

    @Test
    void reads_a_file_of_fabric_to_its_end_and_writes_the_same_bytes() throws Exception {
        byte[] original;
        try (InputStream in = BlockFilesTest.class.getResourceAsStream("/fabric/blockfile_000000")) {
            original = Objects.requireNonNull(in).readAllBytes();
        }
        Path theirs = Files.createDirectories(folder.resolve("theirs/chains/chains/channel1"));
        Files.write(theirs.resolve("blockfile_000000"), original);
        try (BlockFiles files = BlockFiles.open(folder.resolve("theirs"), CHANNEL, 11);
                BlockFiles ours = BlockFiles.open(folder.resolve("ours"), CHANNEL, 0)) {
            assertThat(files.height()).isEqualTo(11);
            for (Block block : files.blocks(0, 11, Long.MAX_VALUE)) {
                ours.append(block);
            }
            assertThat(ours.currentHash()).isEqualTo(files.currentHash());
        }
        assertThat(folder.resolve("ours/chains/chains/channel1/blockfile_000000"))
                .hasBinaryContent(original);
    }

    @Test
    void refuses_a_block_that_is_not_the_next() throws Exception {
        List<Block> chain = Chain.of(3);
        try (BlockFiles files = open()) {
            assertThatThrownBy(() -> files.append(chain.get(1))).hasMessageContaining("height 0");
            files.append(chain.get(0));
            assertThatThrownBy(() -> files.append(chain.get(0))).hasMessageContaining("height 1");
            Block foreign = Chain.of(2, 41).get(1);
            assertThatThrownBy(() -> files.append(foreign)).hasMessageContaining("hash of the block before");
            Block tampered =
                    chain.get(1).toBuilder().setData(chain.get(2).getData()).build();
            assertThatThrownBy(() -> files.append(tampered)).hasMessageContaining("data hash");
            assertThat(files.height()).isEqualTo(1);
        }
    }

    @Test
    void begins_a_new_file_at_64_mebibytes() throws Exception {
        List<Block> chain = Chain.of(9, 8 << 20);
        write(chain);
        assertThat(file(1)).exists();
        assertThat(Files.size(file(0))).isLessThanOrEqualTo(64 << 20);
        try (BlockFiles files = open()) {
            assertThat(files.height()).isEqualTo(9);
            assertThat(files.block(8)).contains(chain.get(8));
            files.truncate(2);
            assertThat(file(1)).doesNotExist();
            for (Block block : chain.subList(2, 9)) {
                files.append(block);
            }
            assertThat(files.blocks(0, 9, Long.MAX_VALUE)).isEqualTo(chain);
        }
    }

    @Test
    void drops_blocks_from_a_height_on() throws Exception {
        List<Block> chain = Chain.of(10);
        write(chain);
        try (BlockFiles files = open()) {
            files.truncate(10);
            assertThat(files.height()).isEqualTo(10);
            files.truncate(6);
            assertThat(files.height()).isEqualTo(6);
            assertThat(files.block(6)).isEmpty();
            assertThat(files.blockByHash(BlockHash.of(chain.get(7).getHeader())))
                    .isEmpty();
            files.append(chain.get(6));
        }
        try (BlockFiles files = open()) {
            assertThat(files.blocks(0, 10, Long.MAX_VALUE)).isEqualTo(chain.subList(0, 7));
            files.truncate(0);
            assertThat(files.currentHash()).isEmpty();
            files.append(chain.get(0));
        }
    }

    @Test
    void keeps_others_off_while_open() throws Exception {
        BlockFiles first = open();
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("in use");
        first.close();
        open().close();
    }

    @Test
    void refuses_files_with_a_gap_in_their_numbers() throws Exception {
        write(Chain.of(3));
        Files.move(file(0), file(1));
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptBlockFileException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void refuses_a_file_that_belongs_to_another_chain() throws Exception {
        write(Chain.of(3));
        byte[] mixed = concatenation(
                Chain.of(3).subList(0, 2),
                Chain.of(3, 17).subList(2, 3),
                Chain.of(4).subList(3, 4));
        Files.write(file(0), mixed);
        assertThatThrownBy(this::open).isInstanceOf(CorruptBlockFileException.class);
    }

    @Test
    void cuts_off_space_that_was_reserved_and_never_filled() throws Exception {
        List<Block> chain = Chain.of(3);
        write(chain);
        Files.write(file(0), new byte[5000], StandardOpenOption.APPEND);
        try (BlockFiles files = open()) {
            assertThat(files.blocks(0, 10, Long.MAX_VALUE)).isEqualTo(chain);
        }
    }

    @Test
    void cut_at_any_byte_keeps_the_whole_blocks_and_drops_the_torn_one() throws Exception {
        List<Block> chain = Chain.of(5);
        byte[] all = concatenation(chain);
        int two = BlockRecord.frame(chain.get(3)).length + BlockRecord.frame(chain.get(4)).length;
        for (int length = all.length - two; length < all.length; length++) {
            rewrite(java.util.Arrays.copyOf(all, length));
            int whole = length < all.length - BlockRecord.frame(chain.get(4)).length ? 3 : 4;
            try (BlockFiles files = open()) {
                assertThat(files.blocks(0, 10, Long.MAX_VALUE))
                        .as("cut at %d", length)
                        .isEqualTo(chain.subList(0, whole));
                files.append(chain.get(whole));
            }
            try (BlockFiles files = open()) {
                assertThat(files.height()).isEqualTo(whole + 1);
            }
        }
    }

    @Test
    void cut_at_any_byte_is_refused_and_left_alone_where_the_block_was_durable() throws Exception {
        List<Block> chain = Chain.of(4);
        byte[] all = concatenation(chain);
        int start = all.length - BlockRecord.frame(chain.get(3)).length;
        for (int length = start + 1; length < all.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(all, length);
            rewrite(cut);
            assertThatThrownBy(() -> BlockFiles.open(folder, CHANNEL, 4))
                    .as("cut at %d", length)
                    .isInstanceOf(CorruptBlockFileException.class);
            assertThat(file(0)).hasBinaryContent(cut);
        }
    }

    @Test
    void a_flipped_bit_anywhere_in_the_last_two_blocks_never_changes_a_block_or_drops_more_than_the_last()
            throws Exception {
        List<Block> chain = Chain.of(5);
        byte[] all = concatenation(chain);
        int two = BlockRecord.frame(chain.get(3)).length + BlockRecord.frame(chain.get(4)).length;
        for (int at = all.length - two; at < all.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = all.clone();
                flipped[at] ^= (byte) (1 << bit);
                rewrite(flipped);
                assertNotAccepted(chain, "byte " + at + " bit " + bit);
            }
        }
    }

    /** Refused, cut back to whole blocks, or different only in metadata, which no hash covers. */
    private void assertNotAccepted(List<Block> chain, String where) throws IOException {
        try (BlockFiles files = open()) {
            List<Block> read = files.blocks(0, 10, Long.MAX_VALUE);
            assertThat(read.size()).as(where).isGreaterThanOrEqualTo(3);
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).getHeader())
                        .as(where)
                        .isEqualTo(chain.get(i).getHeader());
                assertThat(read.get(i).getData())
                        .as(where)
                        .isEqualTo(chain.get(i).getData());
            }
            // A cut may drop the last block, never one that has a successor.
            assertThat(read.size()).as(where).isGreaterThanOrEqualTo(4);
        } catch (CorruptBlockFileException e) {
            assertThat(e).as(where).hasMessageContaining("at byte");
        }
    }

    @Test
    void does_not_hand_out_a_block_that_changed_while_open() throws Exception {
        List<Block> chain = Chain.of(3);
        write(chain);
        try (BlockFiles files = open()) {
            byte[] bytes = Files.readAllBytes(file(0));
            bytes[BlockRecord.frame(chain.get(0)).length + 90] ^= 1;
            Files.write(file(0), bytes);
            assertThatThrownBy(() -> files.block(1)).isInstanceOf(CorruptBlockFileException.class);
            assertThat(files.block(2)).contains(chain.get(2));
        }
    }

    @Test
    void an_interrupted_reader_harms_nobody() throws Exception {
        List<Block> chain = Chain.of(3);
        write(chain.subList(0, 2));
        try (BlockFiles files = open()) {
            Thread.currentThread().interrupt();
            assertThat(files.block(1)).contains(chain.get(1));
            files.append(chain.get(2));
            files.force();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(files.block(2)).contains(chain.get(2));
        }
    }

    private BlockFiles open() throws IOException {
        return BlockFiles.open(folder, CHANNEL, 0);
    }

    private void write(List<Block> chain) throws IOException {
        try (BlockFiles files = open()) {
            for (Block block : chain) {
                files.append(block);
            }
            files.force();
        }
    }

    private Path file(int number) {
        return folder.resolve("chains/chains/channel1/blockfile_%06d".formatted(number));
    }

    private void rewrite(byte[] content) throws IOException {
        Files.createDirectories(file(0).getParent());
        Files.write(file(0), content);
    }

    @SafeVarargs
    private static byte[] concatenation(List<Block>... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (List<Block> part : parts) {
            part.forEach(block -> out.writeBytes(BlockRecord.frame(block)));
        }
        return out.toByteArray();
    }
}
