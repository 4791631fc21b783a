package org.jangbu.peer.endorse;

import java.time.Duration;

/** What a peer counts, under Fabric's names; an adapter says where the figures go. Never throws and never waits. */
public interface PeerMetrics {
    /** {@code endorser_proposals_received}. */
    void proposalReceived();

    /** {@code endorser_successful_proposals}. */
    void proposalEndorsed();

    /** {@code endorser_proposal_validation_failures}. */
    void proposalRefused();

    /** {@code endorser_proposal_simulation_failures}. */
    void simulationFailed(String channel, String chaincode);

    /** {@code endorser_proposal_duration}. */
    void proposalDuration(String channel, String chaincode, boolean success, Duration duration);

    /** Counts nothing. */
    PeerMetrics NONE = new PeerMetrics() {
        @Override
        public void proposalReceived() {}

        @Override
        public void proposalEndorsed() {}

        @Override
        public void proposalRefused() {}

        @Override
        public void simulationFailed(String channel, String chaincode) {}

        @Override
        public void proposalDuration(String channel, String chaincode, boolean success, Duration duration) {}
    };
}
