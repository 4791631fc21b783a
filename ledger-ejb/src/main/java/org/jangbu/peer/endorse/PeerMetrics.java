package org.jangbu.peer.endorse;

import java.time.Duration;

/** What a peer counts, under Fabric's names; an adapter says where the figures go. What it does not count counts nowhere. Never throws and never waits. */
public interface PeerMetrics {
    /** {@code endorser_proposals_received}. */
    default void proposalReceived() {}

    /** {@code endorser_successful_proposals}. */
    default void proposalEndorsed() {}

    /** {@code endorser_proposal_validation_failures}. */
    default void proposalRefused() {}

    /** {@code endorser_proposal_simulation_failures}. */
    default void simulationFailed(String channel, String chaincode) {}

    /** {@code endorser_proposal_duration}. */
    default void proposalDuration(String channel, String chaincode, boolean success, Duration duration) {}

    /** Counts nothing. */
    PeerMetrics NONE = new PeerMetrics() {};
}
