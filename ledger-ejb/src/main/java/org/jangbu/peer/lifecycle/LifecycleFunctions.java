package org.jangbu.peer.lifecycle;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which functions of {@code _lifecycle} are whose matter. */
public final class LifecycleFunctions {
    /** Of a peer's own packages; the proposal names no channel, or one that does not matter. */
    public static final Set<String> WITHOUT_CHANNEL = Set.of(
            "InstallChaincode", "QueryInstalledChaincode", "QueryInstalledChaincodes", "GetInstalledChaincodePackage");

    /** Approves on a channel for one organisation alone, by a transaction that its own peers endorse. */
    public static final String APPROVE = "ApproveChaincodeDefinitionForMyOrg";

    /** Brings a definition to a channel; each peer endorses only what its own organisation has approved. */
    public static final String COMMIT = "CommitChaincodeDefinition";

    /** For administrators of the peer's organisation, and to be asked of its peers alone. */
    public static final Set<String> OF_ADMINISTRATORS = Stream.concat(
                    WITHOUT_CHANNEL.stream(), Stream.of(APPROVE, "QueryApprovedChaincodeDefinition"))
            .collect(Collectors.toUnmodifiableSet());

    private LifecycleFunctions() {}
}
