package org.jangbu.ledger.channel;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.peer.ACLs;

/**
 * Which policy of the channel guards which resource: Fabric's defaults, as far as a channel has a say. Resources that concern the node
 * itself (installing a chaincode, joining a channel) are guarded by the local MSP and stand not here.
 */
final class AccessRules {
    private static final String APPLICATION = "/Channel/Application/";
    private static final String WRITERS = APPLICATION + ConfigPath.WRITERS;
    private static final String READERS = APPLICATION + ConfigPath.READERS;

    private static final Set<String> FOR_WRITERS = Set.of(
            "peer/Propose",
            "peer/ChaincodeToChaincode",
            "_lifecycle/CommitChaincodeDefinition",
            "_lifecycle/CheckCommitReadiness",
            "_lifecycle/QueryChaincodeDefinition",
            "_lifecycle/QueryChaincodeDefinitions");
    private static final Set<String> FOR_READERS = Set.of(
            "qscc/GetChainInfo",
            "qscc/GetBlockByNumber",
            "qscc/GetBlockByHash",
            "qscc/GetTransactionByID",
            "qscc/GetBlockByTxID",
            "lscc/ChaincodeExists",
            "lscc/GetDeploymentSpec",
            "lscc/GetChaincodeData",
            "lscc/GetInstantiatedChaincodes",
            "lscc/GetCollectionsConfig",
            "cscc/GetConfigBlock",
            "cscc/GetChannelConfig",
            "event/Block",
            "event/FilteredBlock",
            "gateway/CommitStatus",
            "gateway/ChaincodeEvents");

    private AccessRules() {}

    /**
     * The path of the policy that guards a resource.
     *
     * @throws IllegalArgumentException if no channel guards it
     */
    static String policyPath(Map<String, String> overrides, String resource) {
        String override = overrides.get(resource);
        if (override != null) {
            return override.startsWith("/") ? override : APPLICATION + override;
        }
        if (FOR_WRITERS.contains(resource)) {
            return WRITERS;
        }
        if (FOR_READERS.contains(resource)) {
            return READERS;
        }
        throw new IllegalArgumentException("no access rule of a channel for " + ConfigPath.shown(resource));
    }

    /** The overrides as written; those that name no policy override nothing. */
    static Map<String, String> overrides(ACLs acls) {
        Map<String, String> overrides = new TreeMap<>();
        acls.getAclsMap().forEach((resource, rule) -> {
            if (!rule.getPolicyRef().isEmpty()) {
                overrides.put(resource, rule.getPolicyRef());
            }
        });
        return Map.copyOf(overrides);
    }
}
