package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.policy.NodePrincipal;

/** Signature policies over single nodes of one organisation, as {@code OR('msp.node:p1', 'msp.node:p2', …)} compiles to. */
public final class NodePolicy {
    private NodePolicy() {}

    /**
     * Any one of some nodes, in the order of their names; nobody where there are none.
     *
     * @throws IllegalArgumentException if there are some and the MSP does not tell which CA certifies its nodes
     */
    public static SignaturePolicyEnvelope anyOf(MspId mspId, MSPConfig msp, Collection<NodeName> nodes) {
        if (nodes.isEmpty()) {
            return RolePolicy.anyOf(List.of());
        }
        ByteString certifiers = certifiers(mspId, msp);
        List<MSPPrincipal> principals = nodes.stream()
                .distinct()
                .sorted()
                .map(node -> new NodePrincipal(mspId, node, certifiers).toPrincipal())
                .toList();
        return RolePolicy.anyOf(principals);
    }

    /** Who certifies the nodes of an MSP. */
    static ByteString certifiers(MspId mspId, MSPConfig msp) {
        try {
            return ChannelMembership.of(List.of(msp))
                    .nodeCertifiers(mspId)
                    .orElseThrow(() -> new IllegalArgumentException("the MSP of " + mspId
                            + " does not tell which CA certifies its nodes; roles cannot name them"));
        } catch (MspConfigurationException e) {
            throw new IllegalArgumentException("the MSP of " + mspId + " cannot be used: " + e.getMessage(), e);
        }
    }
}
