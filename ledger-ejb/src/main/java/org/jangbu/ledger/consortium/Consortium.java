package org.jangbu.ledger.consortium;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.policy.Policy;

/** Organisations among which channels may be founded at an orderer, as the orderer's operator knows them. Immutable. */
public final class Consortium {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9.-]{1,249}");

    private final String name;
    private final Map<MspId, MSPConfig> members;
    private final ChannelMembership membership;
    private final Rules rules;
    private final MembersPolicy creation;
    private final MembersPolicy admission;

    /**
     * What is left to the members: {@code ANY Admins}, ALL or MAJORITY, or a text of the policy language.
     *
     * @param channelCreation who may found channels
     * @param admission whose signatures take in another member
     */
    public record Rules(String channelCreation, String admission) {
        /** Any administrator of a channel's organisations founds it; most members take in another. */
        public static final Rules DEFAULT = new Rules("ANY Admins", "MAJORITY Admins");
    }

    private Consortium(String name, Map<MspId, MSPConfig> members, ChannelMembership membership, Rules rules)
            throws ConsortiumException {
        this.name = name;
        this.members = members;
        this.membership = membership;
        this.rules = rules;
        this.creation = MembersPolicy.of("channelCreationPolicy", rules.channelCreation(), membership);
        this.admission = MembersPolicy.of("admissionPolicy", rules.admission(), membership);
    }

    /**
     * A consortium of these organisations.
     *
     * @param members MSPs as channels shall know them
     * @throws ConsortiumException if name, members or rules cannot be used
     */
    public static Consortium of(String name, Collection<MSPConfig> members, Rules rules) throws ConsortiumException {
        if (!NAME.matcher(name).matches()) {
            throw new ConsortiumException("name: not a consortium's name: '" + Quoted.brief(name) + "'");
        }
        if (members.isEmpty()) {
            throw new ConsortiumException("the consortium has no members");
        }
        try {
            Map<MspId, MSPConfig> byId = new TreeMap<>();
            for (MSPConfig member : members) {
                MspId id = FabricMsp.of(member).id();
                if (byId.put(id, member) != null) {
                    throw new ConsortiumException(id + " is a member twice");
                }
            }
            return new Consortium(name, byId, ChannelMembership.of(byId.values()), rules);
        } catch (MspConfigurationException e) {
            throw new ConsortiumException("its members cannot stand together: " + e.getMessage(), e);
        }
    }

    /** The same with one member more. */
    Consortium with(MSPConfig newcomer) throws ConsortiumException {
        List<MSPConfig> all = new ArrayList<>(members.values());
        all.add(newcomer);
        return of(name, all, rules);
    }

    public String name() {
        return name;
    }

    /** The ids of its members, in order. */
    public Set<MspId> memberIds() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** A member's MSP as a channel shall know it. */
    public Optional<MSPConfig> msp(MspId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** The MSPs of its members. */
    public Membership membership() {
        return membership;
    }

    /** Whether somebody, whom the members' MSPs have found valid, may found a channel that begins so. */
    public boolean mayCreate(Identity caller, ChannelConfig first) {
        return creation.over(first.applicationOrganizations().stream()
                        .map(ChannelConfig.Organization::mspId)
                        .toList())
                .isSatisfiedBy(List.of(caller));
    }

    /** Whose signatures take in another member. */
    Policy admission() {
        return admission.over(members.keySet());
    }

    /** The rules by which it lives, as they are written. */
    public Rules rules() {
        return rules;
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
            FabricMsp member = membership.msp(msp.id()).orElse(null);
            if (member == null) {
                throw new ChannelConfigException(
                        first.channel(), msp.id() + " is no member of consortium '" + name + "'");
            }
            if (!member.roots().equals(msp.roots())) {
                throw new ChannelConfigException(
                        first.channel(),
                        msp.id() + " has other root certificates than the member of consortium '" + name + "'");
            }
        }
    }
}
