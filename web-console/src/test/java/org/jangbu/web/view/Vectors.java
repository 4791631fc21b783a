package org.jangbu.web.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.hyperledger.fabric.protos.common.Block;

/** Blocks of a real Fabric network. */
public final class Vectors {
    private Vectors() {}

    /** The block of that number, 0 to 10. */
    public static Block block(int number) {
        try (InputStream in = Vectors.class.getResourceAsStream("/fabric-vectors/" + number + ".block")) {
            return Block.parseFrom(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
