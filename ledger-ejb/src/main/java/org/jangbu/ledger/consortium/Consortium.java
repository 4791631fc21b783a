package org.jangbu.ledger.consortium;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ConfigMsps;
import org.jangbu.model.MspId;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.MspConfigurationException;

/** Organisations among which channels may be founded at an orderer, as the orderer's operator knows them. Immutable. */
public final class Consortium {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9.-]{1,249}");

    private final String name;
    private final Map<MspId, LocalMsp> members;
    private final ChannelMembership membership;
    private final CreationPolicy creation;

    private Consortium(
            String name, Map<MspId, LocalMsp> members, ChannelMembership membership, CreationPolicy creation) {
        this.name = name;
        this.members = members;
        this.membership = membership;
        this.creation = creation;
    }

    /**
     * A consortium of these organisations.
     *
     * @param creationPolicy who may found channels: {@code ANY Admins}, ALL or MAJORITY, or a text of the policy language
     * @throws ConsortiumException if name, members or policy cannot be used
     */
    public static Consortium of(String name, Collection<LocalMsp> members, String creationPolicy)
            throws ConsortiumException {
        if (!NAME.matcher(name).matches()) {
            throw new ConsortiumException("name: not a consortium's name: '" + Quoted.brief(name) + "'");
        }
        if (members.isEmpty()) {
            throw new ConsortiumException("the consortium has no members");
        }
        Map<MspId, LocalMsp> byId = new TreeMap<>();
        members.forEach(member -> byId.put(member.id(), member));
        try {
            ChannelMembership membership = ChannelMembership.of(
                    byId.values().stream().map(LocalMsp::channelConfig).toList());
            return new Consortium(name, byId, membership, CreationPolicy.of(creationPolicy, membership));
        } catch (MspConfigurationException e) {
            throw new ConsortiumException("its members cannot stand together: " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    /** The ids of its members, in order. */
    public Set<MspId> memberIds() {
        return Set.copyOf(members.keySet());
    }

    /** A member's MSP as a channel shall know it. */
    public Optional<MSPConfig> msp(MspId id) {
        return Optional.ofNullable(members.get(id)).map(LocalMsp::channelConfig);
    }

    /** The MSPs of its members. */
    public Membership membership() {
        return membership;
    }

    /** The policy that says who may found channels, as it is written. */
    public String creationPolicy() {
        return creation.toString();
    }

    /** Whether somebody, whom the members' MSPs have found valid, may found a channel that begins so. */
    public boolean mayCreate(Identity caller, ChannelConfig first) {
        return creation.forChannel(first).isSatisfiedBy(List.of(caller));
    }

    /**
     * Tests that a channel is of this consortium: by its name, and by members who are whom it claims.
     *
     * @throws ChannelConfigException saying why it is not
     */
    public void requireOwn(ChannelConfig first) throws ChannelConfigException {
        String named = first.consortium().orElse("");
        if (!named.equals(name)) {
            throw new ChannelConfigException(
                    first.channel(),
                    "it is of consortium '" + Quoted.brief(named) + "'; this orderer's is '" + name + "'");
        }
        for (FabricMsp msp : ConfigMsps.application(first)) {
            LocalMsp member = members.get(msp.id());
            if (member == null) {
                throw new ChannelConfigException(
                        first.channel(), msp.id() + " is no member of consortium '" + name + "'");
            }
            if (!member.msp().roots().equals(msp.roots())) {
                throw new ChannelConfigException(
                        first.channel(),
                        msp.id() + " has other root certificates than the member of consortium '" + name + "'");
            }
        }
    }
}
