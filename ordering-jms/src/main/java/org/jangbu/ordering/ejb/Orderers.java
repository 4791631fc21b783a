package org.jangbu.ordering.ejb;

import java.util.List;
import org.jangbu.ledger.node.LocalNode;

/** The orderers among the nodes of a server, if there are as many as its configuration has made room for. */
final class Orderers {
    private Orderers() {}

    /**
     * Picks them out. Whether batches are delivered to this server at all is decided by its configuration, before the application starts. So the two must
     * agree: a server that takes batches and cannot order them holds up everybody's, and orderers that are told nothing would be silent for ever.
     *
     * @param expected what the setting says
     * @throws IllegalStateException if setting and nodes contradict each other
     */
    static List<LocalNode> among(List<LocalNode> nodes, boolean expected) {
        List<LocalNode> orderers = nodes.stream()
                .filter(node -> node.role() == LocalNode.Role.ORDERER)
                .toList();
        if (expected && orderers.isEmpty()) {
            throw new IllegalStateException("none of this server's " + nodes.size()
                    + " nodes is an orderer, but jangbu.orderer is true: set JANGBU_ORDERER=false");
        }
        if (!expected && !orderers.isEmpty()) {
            throw new IllegalStateException(
                    orderers.get(0).name() + " is an orderer, but jangbu.orderer is false: set JANGBU_ORDERER=true");
        }
        return orderers;
    }
}
