package org.jangbu.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;

/** Blocks 0 to 10 of a real Fabric 2.5 network, as a peer returned them. */
final class FabricBlocks {
    private FabricBlocks() {}

    static List<Block> all() {
        return IntStream.rangeClosed(0, 10).mapToObj(FabricBlocks::block).toList();
    }

    static Block block(int number) {
        try (InputStream in = FabricBlocks.class.getResourceAsStream("/fabric/" + number + ".block")) {
            return Block.parseFrom(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
