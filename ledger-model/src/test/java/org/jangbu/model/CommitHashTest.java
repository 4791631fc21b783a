package org.jangbu.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.Test;

class CommitHashTest {
    private final Map<KeyAddress, CommittedKeys.Content> state = new TreeMap<>();

    @Test
    void equals_what_a_fabric_peer_recorded_for_every_block() throws Exception {
        ByteString previous = ByteString.EMPTY;
        for (Block block : FabricBlocks.all().subList(1, 11)) {
            TransactionsFilter filter = TransactionsFilter.of(block);
            List<KeyUpdate> updates = BlockUpdates.of(ParsedBlock.parse(block), filter.codes(), reader());
            previous = CommitHash.of(previous, filter, updates);
            assertThat(previous).as("block %d", block.getHeader().getNumber()).isEqualTo(CommitHash.in(block));
            apply(updates);
        }
        assertThat(state).hasSizeGreaterThan(10);
    }

    @Test
    void of_block_1_without_updates_is_the_hash_of_its_filter() {
        ByteString hash = CommitHash.of(ByteString.EMPTY, new TransactionsFilter(ByteString.fromHex("00")), List.of());
        assertThat(hash).isEqualTo(Sha256.of(ByteString.fromHex("0100")));
    }

    @Test
    void differs_when_any_part_differs() {
        KeyUpdate update = update("ns", "", "key", "value", 7, 300);
        ByteString hash = hash(update);
        assertThat(List.of(
                        hash(update("ns2", "", "key", "value", 7, 300)),
                        hash(update("ns", "c", "key", "value", 7, 300)),
                        hash(update("ns", "", "key2", "value", 7, 300)),
                        hash(update("ns", "", "key", "value2", 7, 300)),
                        hash(update("ns", "", "key", "value", 8, 300)),
                        hash(update("ns", "", "key", "value", 7, 301)),
                        hash(update("", "", "key", "value", 7, 300)),
                        CommitHash.of(
                                ByteString.EMPTY, new TransactionsFilter(ByteString.fromHex("0b")), List.of(update))))
                .doesNotContain(hash)
                .doesNotHaveDuplicates();
    }

    @Test
    void puts_and_reads_its_slot() throws Exception {
        Block block = CommitHash.put(Block.getDefaultInstance(), ByteString.copyFromUtf8("hash"));
        assertThat(CommitHash.in(block)).isEqualTo(ByteString.copyFromUtf8("hash"));
        assertThat(block.getMetadata().getMetadataCount()).isEqualTo(5);
    }

    private static ByteString hash(KeyUpdate update) {
        return CommitHash.of(ByteString.EMPTY, new TransactionsFilter(ByteString.fromHex("00")), List.of(update));
    }

    private static KeyUpdate update(String ns, String collection, String key, String value, long block, long tx) {
        return new KeyUpdate(
                new KeyAddress(ns, collection, ByteString.copyFromUtf8(key)),
                ByteString.copyFromUtf8(value),
                ByteString.EMPTY,
                false,
                new Version(block, tx));
    }

    private void apply(List<KeyUpdate> updates) {
        for (KeyUpdate update : updates) {
            if (update.delete()) {
                state.remove(update.address());
            } else {
                state.put(update.address(), new CommittedKeys.Content(update.value(), update.metadata()));
            }
        }
    }

    private CommittedKeys reader() {
        return new CommittedKeys() {
            @Override
            public Map<KeyAddress, Content> contents(Collection<KeyAddress> addresses) {
                Map<KeyAddress, Content> found = new HashMap<>(state);
                found.keySet().retainAll(addresses);
                return found;
            }

            @Override
            public boolean mayHoldMetadata(String namespace, String collection) {
                return true;
            }
        };
    }
}
