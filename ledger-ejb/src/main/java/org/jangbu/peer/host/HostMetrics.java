package org.jangbu.peer.host;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.LedgerId;
import org.jangbu.msp.expiry.CertificateKind;
import org.jangbu.peer.deliver.PipelineStatus;
import org.jangbu.peer.endorse.PeerMetrics;

/** The figures of a host: those of its endorsers and those of its ledgers. Never throws and never waits. */
public interface HostMetrics extends PeerMetrics {
    /** A ledger is open; its figures can be had from now on. */
    default void ledgerOpened(LedgerId ledger, Supplier<PipelineStatus> status) {}

    /** {@code ledger_transaction_count}, by the verdicts of a committed block. */
    default void blockCommitted(LedgerId ledger, ValidatedBlock block) {}

    /**
     * When the first of a holder's certificates of a kind ends.
     *
     * @param holder a node, or {@code server}
     * @param end seconds since 1970, NaN if there is no such certificate any more
     */
    default void certificate(String holder, CertificateKind kind, DoubleSupplier end) {}

    /** {@code certificate_renewals}, or {@code certificate_renewal_failures}, of a node. */
    default void certificateRenewal(String node, CertificateKind kind, boolean renewed) {}

    /** Counts nothing. */
    HostMetrics NONE = new HostMetrics() {};
}
