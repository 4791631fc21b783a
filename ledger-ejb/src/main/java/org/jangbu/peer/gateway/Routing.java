package org.jangbu.peer.gateway;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jangbu.model.MspId;
import org.jangbu.peer.endorse.UnpackedProposal;

/**
 * Which peers a proposal may go to.
 *
 * @param home the organisation of the door by which it came: its peers are asked first, and they alone see transient data unless the caller names
 *     organisations; where it is empty, the creator's own organisation goes first
 * @param organizations those that the caller names, in the caller's order; empty leaves the choice to the gateway
 */
public record Routing(Optional<MspId> home, Set<String> organizations) {
    /** The gateway chooses, and no organisation is told less than another. */
    public static final Routing FREE = new Routing(Optional.empty(), Set.of());

    public Routing {
        organizations = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(organizations));
    }

    /** By the door of an organisation. */
    public static Routing by(MspId home, List<String> organizations) {
        return new Routing(Optional.of(home), new java.util.LinkedHashSet<>(organizations));
    }

    /** Whether a proposal has transient data that are for peers of the door's organisation alone. */
    boolean protectsTransientData(UnpackedProposal proposal) {
        return home.isPresent() && organizations.isEmpty() && proposal.payload().getTransientMapCount() > 0;
    }

    boolean allows(MspId mspId) {
        return organizations.isEmpty() || organizations.contains(mspId.value());
    }
}
