package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.NodeName;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.RolePrincipal;

/** Whose peers they are: by its local MSP each peer is known to members of its organisation, and managed by its administrators. */
record Administration(List<OpenPeer> peers, DoorCheck door) {

    /** A peer of that name of the caller's organisation; somebody of another one is not told which peers there are. */
    Optional<OpenPeer> find(ByteString caller, NodeName name) {
        return peers.stream()
                .filter(peer -> peer.node().name().equals(name))
                .findFirst()
                .filter(peer -> knows(peer, caller));
    }

    boolean knows(OpenPeer peer, ByteString caller) {
        return identity(peer, caller).isPresent();
    }

    boolean administers(OpenPeer peer, ByteString caller) {
        RolePrincipal administrator = new RolePrincipal(peer.node().mspId().value(), MSPRoleType.ADMIN);
        return identity(peer, caller)
                .filter(identity -> peer.ownMembership().satisfies(identity, administrator.toPrincipal()))
                .isPresent();
    }

    private Optional<Identity> identity(OpenPeer peer, ByteString caller) {
        Membership own = peer.ownMembership();
        try {
            Identity identity = own.deserialize(caller);
            door.check(own, identity);
            return Optional.of(identity);
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }
}
