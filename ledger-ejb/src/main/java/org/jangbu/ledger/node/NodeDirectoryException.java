package org.jangbu.ledger.node;

import java.nio.file.Path;

/** A node's folder that cannot be used. The message names the file and what is wrong, for whoever set it up. */
public final class NodeDirectoryException extends Exception {
    public NodeDirectoryException(Path where, String problem) {
        super(where + ": " + problem);
    }

    public NodeDirectoryException(Path where, String problem, Throwable cause) {
        super(where + ": " + problem, cause);
    }
}
