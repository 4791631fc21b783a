package org.jangbu.ordering.participation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.ordering.participation.ParticipationException.Kind;

/** The orderers of this server, and which of them a caller means. */
final class OrdererNodes {
    private final DoorCheck door;
    private volatile List<OrdererNode> nodes;

    OrdererNodes(List<OrdererNode> nodes, DoorCheck door) {
        this.nodes = List.copyOf(nodes);
        this.door = door;
    }

    /** Whether the caller is known to any of them. */
    boolean anyKnows(ByteString caller) {
        return nodes.stream().anyMatch(node -> node.knows(caller, door));
    }

    /** The one orderer that an administrator of its organisation means. */
    OrdererNode administered(ByteString caller, Optional<NodeName> orderer) throws ParticipationException {
        return only(
                orderer,
                candidate -> candidate.isAdministrator(caller, door),
                "only administrators of an orderer's organisation are told of its channels");
    }

    /**
     * The one orderer that is meant. Somebody who may deal with none is not told which there are.
     *
     * @param otherwise what such a one is told
     */
    OrdererNode only(Optional<NodeName> named, Predicate<OrdererNode> may, String otherwise)
            throws ParticipationException {
        List<OrdererNode> open = nodes.stream().filter(may).toList();
        if (open.isEmpty()) {
            throw new ParticipationException(Kind.DENIED, otherwise);
        }
        if (named.isPresent()) {
            return open.stream()
                    .filter(candidate -> candidate.node().name().equals(named.get()))
                    .findFirst()
                    .orElseThrow(() -> new ParticipationException(
                            Kind.NOT_FOUND,
                            "no orderer " + Quoted.brief(named.get().value()) + " that the caller may deal with"));
        }
        if (open.size() > 1) {
            throw new ParticipationException(
                    Kind.AMBIGUOUS,
                    "several orderers could be meant: name one with ?orderer=, of "
                            + open.stream()
                                    .map(candidate -> candidate.node().name().value())
                                    .toList());
        }
        return open.get(0);
    }

    /** Puts a node in the place of what it was before; one caller at a time. */
    void replace(OrdererNode changed) {
        nodes = nodes.stream()
                .map(node -> node.node().name().equals(changed.node().name()) ? changed : node)
                .toList();
    }
}
