package org.jangbu.ordering.participation;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ConfigMsps;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.consortium.ConsortiumFolder;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.policy.RolePrincipal;
import org.jangbu.ordering.broadcast.BlockSigning;

/**
 * An orderer of this server, with what decides who may have it join channels, and which.
 *
 * @param own the MSP of its organisation
 */
public record OrdererNode(LocalNode node, LocalMsp own, Membership members, Optional<Consortium> consortium) {

    /**
     * Reads MSP and consortium from the node's folder.
     *
     * @throws NodeDirectoryException if they cannot be used
     */
    public static OrdererNode read(LocalNode node) throws NodeDirectoryException {
        Path folder = node.home().resolve("msp");
        try {
            LocalMsp msp = LocalMsp.read(folder, node.mspId());
            return new OrdererNode(node, msp, ChannelMembership.of(msp.msp()), ConsortiumFolder.read(node));
        } catch (IOException | MspConfigurationException e) {
            throw new NodeDirectoryException(folder, String.valueOf(e.getMessage()), e);
        }
    }

    /** The same node in another consortium. */
    OrdererNode with(Consortium other) {
        return new OrdererNode(node, own, members, Optional.of(other));
    }

    /** Whether the caller is an administrator of the orderer's organisation. */
    boolean isAdministrator(ByteString caller, DoorCheck door) {
        RolePrincipal administrator = new RolePrincipal(node.mspId().value(), MSPRoleType.ADMIN);
        return known(members, caller, door)
                .filter(identity -> members.satisfies(identity, administrator.toPrincipal()))
                .isPresent();
    }

    /** Whether the caller is of the orderer's organisation or of its consortium. */
    boolean knows(ByteString caller, DoorCheck door) {
        return known(members, caller, door).isPresent()
                || consortium
                        .flatMap(known -> known(known.membership(), caller, door))
                        .isPresent();
    }

    /** Whether the caller may have it join a channel that begins so. */
    boolean mayCreate(ByteString caller, DoorCheck door, ChannelConfig first) {
        return isAdministrator(caller, door)
                || consortium
                        .filter(known -> known(known.membership(), caller, door)
                                .filter(identity -> known.mayCreate(identity, first))
                                .isPresent())
                        .isPresent();
    }

    private static Optional<Identity> known(Membership membership, ByteString caller, DoorCheck door) {
        try {
            Identity identity = membership.deserialize(caller);
            door.check(membership, identity);
            return Optional.of(identity);
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }

    /**
     * Tests that it can order a channel that begins so, alone, and that the channel is of its consortium.
     *
     * @throws ChannelConfigException saying what is in the way
     */
    void requireFit(ChannelConfig first) throws ChannelConfigException {
        GenesisBlock.requireUsable(first);
        for (FabricMsp msp : ConfigMsps.orderer(first)) {
            if (!msp.id().equals(node.mspId()) || !msp.roots().equals(own.msp().roots())) {
                throw new ChannelConfigException(
                        first.channel(),
                        "its orderer organisation " + msp.id() + " is not this orderer's, " + node.mspId()
                                + " with its root certificates");
            }
        }
        Optional<String> objection = BlockSigning.objection(first, node.signer().current());
        if (objection.isPresent()) {
            throw new ChannelConfigException(first.channel(), "this orderer could not order it: " + objection.get());
        }
        if (consortium.isPresent()) {
            consortium.get().requireOwn(first);
        }
    }
}
