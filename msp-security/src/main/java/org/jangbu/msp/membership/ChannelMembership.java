package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.RecentlyUsed;
import org.jangbu.msp.identity.X509Identity;

/**
 * Several MSPs, as a channel has them. Each identity is parsed and judged when it is first seen; after that all questions are look-ups
 * without locks. Valid and refused identities are remembered apart, so that a flood of strangers does not push the members out.
 */
public final class ChannelMembership implements Membership {
    private static final int VALID = 4096;
    private static final int REFUSED = 256;
    private static final int PRINCIPALS = 1024;

    private final Map<MspId, FabricMsp> msps;
    private final RecentlyUsed<ByteString, Member> valid = new RecentlyUsed<>(VALID);
    private final RecentlyUsed<ByteString, Member> refused = new RecentlyUsed<>(REFUSED);
    private volatile NewsVerdicts newsVerdicts = new NewsVerdicts(RevocationNews.NONE, VALID);
    private final RecentlyUsed<MSPPrincipal, Principals.Principal> principals = new RecentlyUsed<>(PRINCIPALS);

    private ChannelMembership(Map<MspId, FabricMsp> msps) {
        this.msps = Collections.unmodifiableMap(msps);
    }

    /**
     * The membership of a channel configuration. The same MSP may be named twice (an organisation that orders and endorses), if it is the
     * same to the byte.
     *
     * @throws MspConfigurationException if one cannot stand, or two different ones have the same id
     */
    public static ChannelMembership of(Collection<MSPConfig> configs) throws MspConfigurationException {
        Map<MspId, FabricMsp> msps = new TreeMap<>();
        for (MSPConfig config : Set.copyOf(configs)) {
            FabricMsp msp = FabricMsp.of(config);
            if (msps.put(msp.id(), msp) != null) {
                throw new MspConfigurationException("two different MSPs are named " + msp.id());
            }
        }
        return new ChannelMembership(msps);
    }

    /** A membership of one MSP, for a node's own. */
    public static ChannelMembership of(FabricMsp msp) {
        return new ChannelMembership(Map.of(msp.id(), msp));
    }

    @Override
    public Set<MspId> mspIds() {
        return msps.keySet();
    }

    /** The MSP of that id, for whoever needs its TLS authorities. */
    public Optional<FabricMsp> msp(MspId id) {
        return Optional.ofNullable(msps.get(id));
    }

    @Override
    public Identity deserialize(ByteString serializedIdentity) throws IdentityException {
        return member(serializedIdentity).identity();
    }

    @Override
    public void validate(Identity identity) throws IdentityException {
        Standing.Refusal refusal = member(identity.serialized()).standing().refusal();
        if (refusal != null) {
            throw refusal.toException();
        }
    }

    @Override
    public void checkNotRevoked(Identity identity, RevocationNews news) throws IdentityException {
        validate(identity);
        if (news.size() == 0) {
            return;
        }
        Member member = member(identity.serialized());
        FabricMsp msp = Objects.requireNonNull(msps.get(identity.mspId()), "a valid identity has an MSP");
        Optional<Standing.Refusal> refusal = verdicts(news).of(member, msp);
        if (refusal.isPresent()) {
            throw refusal.get().toException();
        }
    }

    private NewsVerdicts verdicts(RevocationNews news) {
        NewsVerdicts verdicts = newsVerdicts;
        if (!verdicts.isOf(news)) {
            verdicts = new NewsVerdicts(news, VALID);
            newsVerdicts = verdicts;
        }
        return verdicts;
    }

    @Override
    public boolean satisfies(Identity identity, MSPPrincipal principal) {
        Member member;
        try {
            member = member(identity.serialized());
        } catch (IdentityException e) {
            return false;
        }
        return member.standing().valid() && principal(principal).isSatisfiedBy(member);
    }

    @Override
    public Optional<ByteString> nodeCertifiers(MspId mspId) {
        return msp(mspId).flatMap(FabricMsp::nodeCertifiers);
    }

    /**
     * The roles of an identity; none if it is not valid.
     *
     * @throws IdentityException MALFORMED or UNKNOWN_MSP
     */
    public Set<MSPRoleType> roles(Identity identity) throws IdentityException {
        return member(identity.serialized()).standing().roles();
    }

    /**
     * Whether two identities are of one MSP, valid, of the same roles and certified by the same authorities: what principals ask beside units.
     *
     * @throws IdentityException MALFORMED or UNKNOWN_MSP
     */
    public boolean standAlike(Identity one, Identity other) throws IdentityException {
        Standing first = member(one.serialized()).standing();
        Standing second = member(other.serialized()).standing();
        return one.mspId().equals(other.mspId())
                && first.valid()
                && second.valid()
                && first.roles().equals(second.roles())
                && first.certifiers().equals(second.certifiers());
    }

    private Member member(ByteString serialized) throws IdentityException {
        Member known = valid.get(serialized);
        if (known == null) {
            known = refused.get(serialized);
        }
        return known != null ? known : judge(serialized);
    }

    private Member judge(ByteString serialized) throws IdentityException {
        X509Identity identity = X509Identity.parse(serialized);
        FabricMsp msp = msps.get(identity.mspId());
        if (msp == null) {
            throw new IdentityException(
                    IdentityException.Reason.UNKNOWN_MSP, "no MSP " + identity.mspId() + " belongs here");
        }
        Member member = new Member(identity, msp.judge(identity));
        return (member.standing().valid() ? valid : refused).put(serialized, member);
    }

    private Principals.Principal principal(MSPPrincipal principal) {
        Principals.Principal known = principals.get(principal);
        return known != null ? known : principals.put(principal, Principals.of(principal));
    }

    @Override
    public String toString() {
        return "membership of " + mspIds();
    }
}
