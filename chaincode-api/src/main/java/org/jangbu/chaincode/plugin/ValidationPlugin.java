package org.jangbu.chaincode.plugin;

/**
 * Judges transactions in the place of {@code vscc}. It is asked for each namespace that the transaction invokes or writes and whose
 * definition names it, after all checks that do not depend on a definition and before those of read versions. A transaction that it refuses
 * is on the ledger with the code ENDORSEMENT_POLICY_FAILURE and changes nothing.
 *
 * <p><b>Deterministic.</b> The decision must depend on the arguments alone: no clock, no file, no setting, no memory of earlier calls, no
 * order of a hash map. Peers that decide differently have different ledgers from then on.
 *
 * <p>A plug-in is found by {@link java.util.ServiceLoader} in a jar of its own; one object serves all channels and peers of a server and is
 * called by many threads at once. A call that throws, or does not end in time, is no verdict: the peer halts that channel with an alarm and
 * tries again.
 */
@FunctionalInterface
public interface ValidationPlugin {
    /** Accepts a valid transaction, or refuses it with a reason for the log. */
    Decision validate(EndorsedTransaction transaction);
}
