package org.jangbu.ordering.participation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;

/**
 * The channels of this server's orderers. Each call names the caller, a serialised identity whose signature or sign-in has been verified, and
 * may name an orderer; where it does not, there must be only one that the caller may deal with.
 */
public interface ChannelParticipation {
    /** The channels of an orderer, by name. For administrators of its organisation. */
    List<ChannelId> channels(ByteString caller, Optional<NodeName> orderer) throws ParticipationException;

    /** How an orderer takes part in a channel. For administrators of its organisation. */
    Participation channel(ByteString caller, Optional<NodeName> orderer, ChannelId channel)
            throws ParticipationException;

    /**
     * Has an orderer join the channel of a first block; from then on it orders it, for good, or nothing is kept. For administrators of its
     * organisation, and for those whom the policy of its consortium lets found channels.
     *
     * @param genesis block 0 of the channel, of the orderer's consortium if it has one
     */
    Participation join(ByteString caller, Optional<NodeName> orderer, Block genesis) throws ParticipationException;

    /**
     * Has an orderer leave a channel, once what it has taken is ordered. Its files stay, and are taken up again should it join the same
     * channel once more. For administrators of its organisation.
     */
    void remove(ByteString caller, Optional<NodeName> orderer, ChannelId channel) throws ParticipationException;

    /** What a first block for an orderer is made of. For members of its organisation and of its consortium. */
    Founding founding(ByteString caller, Optional<NodeName> orderer) throws ParticipationException;

    /**
     * Has an orderer's consortium take in another organisation. What counts are the members' signatures under the update; whoever hands it in
     * must only be known here.
     *
     * @param update CONFIG_UPDATE as {@link org.jangbu.ledger.consortium.ConsortiumUpdate} makes it
     * @return the consortium from now on
     */
    Consortium admit(ByteString caller, Optional<NodeName> orderer, Envelope update) throws ParticipationException;

    /** How an orderer takes part in a channel. */
    record Participation(ChannelId channel, Relation relation, Status status, long height) {}

    /** What an orderer does for a channel. */
    enum Relation {
        /** It orders the channel's transactions. */
        CONSENTER,
        /** It follows another orderer of this server, ready to take over. */
        FOLLOWER
    }

    /** Whether it has all of the chain. */
    enum Status {
        ACTIVE,
        /** Blocks are missing here. */
        ONBOARDING
    }

    /**
     * What an orderer brings into a channel.
     *
     * @param msp of its organisation, as channels shall know it
     * @param address of the orderer, host:port
     * @param consortium among whose members channels are founded, if it is bound to one
     */
    record Founding(MspId mspId, MSPConfig msp, String address, Optional<Consortium> consortium) {}
}
