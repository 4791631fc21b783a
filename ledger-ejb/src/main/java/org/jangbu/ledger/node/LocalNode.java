package org.jangbu.ledger.node;

import java.nio.file.Path;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.identity.SigningIdentity;

/**
 * A node that this server hosts.
 *
 * @param role what it does for a living
 * @param endorsing whether it simulates and signs proposals on channels that do not say so ({@link PeerRoles}); every peer commits
 * @param address host:port under which others may reach it; told to clients, not dialled by itself
 * @param home its folder below {@code jangbu.home/nodes}
 * @param signer its own identity, from its local MSP; another one when its certificate has been renewed
 */
public record LocalNode(
        NodeName name, MspId mspId, Role role, boolean endorsing, String address, Path home, CurrentSigner signer) {
    /** A node whose identity stays as it is. */
    public LocalNode(
            NodeName name,
            MspId mspId,
            Role role,
            boolean endorsing,
            String address,
            Path home,
            SigningIdentity signer) {
        this(name, mspId, role, endorsing, address, home, new CurrentSigner(signer));
    }

    /** What a node does for a living. */
    public enum Role {
        PEER,
        ORDERER
    }

    /** The folder of the block files of this node's copy of a ledger lies below this one, in Fabric's layout. */
    public Path ledgers() {
        return home.resolve(role == Role.PEER ? "ledgers" : "orderer");
    }
}
