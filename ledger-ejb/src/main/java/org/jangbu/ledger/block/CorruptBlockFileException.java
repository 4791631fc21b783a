package org.jangbu.ledger.block;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Block files that are not what was written: damaged, incomplete, or another ledger's. Nothing is changed; the node's copy has to be
 * restored, or removed and fetched anew.
 */
public final class CorruptBlockFileException extends IOException {
    public CorruptBlockFileException(Path file, long offset, String reason) {
        super(file + " at byte " + offset + ": " + reason);
    }

    public CorruptBlockFileException(Path file, String reason) {
        super(file + ": " + reason);
    }
}
