package org.jangbu.chaincode.plugin;

import java.time.Instant;
import java.util.List;

/** A transaction under judgement, with regard to one namespace. All of it follows from the chain. Good for as long as the call lasts. */
public interface EndorsedTransaction {
    String channel();

    /** Number of the block that holds it. */
    long block();

    String txId();

    /** When its sender says it was made. */
    Instant timestamp();

    /** The sender's {@code SerializedIdentity}, a valid member of the channel who signed it. */
    byte[] creator();

    /** The chaincode that was invoked. */
    String chaincode();

    /** What it was invoked with, function first; empty if the sender has put nothing readable there. */
    List<byte[]> arguments();

    /** The namespace to judge: the chaincode whose definition names this plug-in. */
    String namespace();

    /** What is written in that namespace, in the order of the message; metadata of keys stands in {@link #action} alone. */
    List<StateWrite> writes();

    /** The serialised {@code ChaincodeAction}: response, event and read/write sets of all namespaces. */
    byte[] action();

    /** Who endorsed it, each once, in the order of the signatures. */
    List<Endorser> endorsers();

    /** The definition's validation parameter, as it was committed; {@link #standard} takes it as a serialised {@code ApplicationPolicy}. */
    byte[] parameter();

    StateView state();

    /**
     * What {@code vscc} says of this namespace: whether the endorsers satisfy the policies of the keys, collections and the chaincode.
     *
     * @throws IllegalStateException if the state cannot be read just now
     */
    Decision standard();
}
