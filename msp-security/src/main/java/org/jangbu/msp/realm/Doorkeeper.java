package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.IdentityException.Reason;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.membership.Expiry;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.membership.RevocationSource;

/**
 * Judges who stands at a door of this server, by all MSPs it knows: here the wall clock counts, and a revocation that any of them has heard
 * of counts at once. What a caller may do on a channel is none of its business. Thread-safe.
 */
public final class Doorkeeper {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final Set<String> CLIENT_USES = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private final Supplier<KnownMsps> known;
    private final RevocationSource revocations;
    private final Clock clock;

    /**
     * Judges by these.
     *
     * @param known asked each time, since configurations change
     * @param revocations lists that stand in no configuration yet
     */
    public Doorkeeper(Supplier<KnownMsps> known, RevocationSource revocations, Clock clock) {
        this.known = known;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Finds out whom a certificate names. The MSPs of this server's own nodes come first, so that no other organisation can claim their
     * members by writing the same authorities into a channel; among the channels' MSPs exactly one must vouch for it.
     *
     * @param presented a certificate whose key the caller has proved to hold
     * @throws IdentityException why the caller is nobody here
     */
    public CertifiedCaller identify(X509Certificate presented) throws IdentityException {
        requireClientUse(presented);
        KnownMsps msps = known.get();
        RevocationNews news = revocations.current();
        Candidates own = new Candidates(presented, msps.own(), news);
        Candidates channels = new Candidates(presented, msps.channels(), news);
        boolean elsewhere = own.isEmpty() && (msps.own().isEmpty() || !channels.isEmpty());
        Identity identity = (elsewhere ? channels : own).only();
        for (Candidates all : List.of(own, channels)) {
            all.requireNotRevoked(identity.mspId());
        }
        Expiry.checkNotExpired(identity, clock.instant());
        List<Membership> everywhere = new ArrayList<>(msps.own());
        everywhere.addAll(msps.channels());
        return new CertifiedCaller(identity, roles(identity, everywhere));
    }

    /**
     * Tests that an identity may pass now: some MSP here knows it as valid, none as revoked, and its certificate has not expired.
     *
     * @throws IdentityException why it may not
     */
    public void check(ByteString serialized) throws IdentityException {
        Expiry.checkNotExpired(valid(serialized, everywhere()), clock.instant());
    }

    /**
     * As {@link #check}, and the roles that its MSP gives it.
     *
     * @throws IdentityException why it may not pass
     */
    public Set<MSPRoleType> roles(ByteString serialized) throws IdentityException {
        List<Membership> everywhere = everywhere();
        Identity identity = valid(serialized, everywhere);
        Expiry.checkNotExpired(identity, clock.instant());
        return roles(identity, everywhere);
    }

    private List<Membership> everywhere() {
        KnownMsps msps = known.get();
        List<Membership> everywhere = new ArrayList<>(msps.own());
        everywhere.addAll(msps.channels());
        return everywhere;
    }

    private Identity valid(ByteString serialized, List<Membership> everywhere) throws IdentityException {
        Identity valid = null;
        IdentityException refusal = new IdentityException(Reason.UNKNOWN_MSP, "its organisation is not known here");
        for (Membership membership : everywhere) {
            try {
                Identity identity = membership.deserialize(serialized);
                membership.validate(identity);
                membership.checkNotRevoked(identity, revocations.current());
                valid = identity;
            } catch (IdentityException e) {
                if (e.reason() == Reason.REVOKED) {
                    throw e;
                }
                refusal = e.reason() == Reason.UNKNOWN_MSP ? refusal : e;
            }
        }
        if (valid == null) {
            throw refusal;
        }
        return valid;
    }

    /** The MSPs leave the uses of a certificate to TLS, whose layer takes every certificate here. */
    private static void requireClientUse(X509Certificate certificate) throws IdentityException {
        boolean[] usage = certificate.getKeyUsage();
        try {
            List<String> extended = certificate.getExtendedKeyUsage();
            if ((usage == null || usage[DIGITAL_SIGNATURE])
                    && (extended == null || extended.stream().anyMatch(CLIENT_USES::contains))) {
                return;
            }
        } catch (CertificateParsingException e) {
            throw new IdentityException(Reason.MALFORMED, "the uses of the certificate cannot be read", e);
        }
        throw new IdentityException(Reason.INVALID, "the certificate is not for signatures of a TLS client");
    }

    private static Set<MSPRoleType> roles(Identity identity, List<Membership> memberships) {
        Set<MSPRoleType> roles = EnumSet.noneOf(MSPRoleType.class);
        for (MSPRoleType role : MSPRoleType.values()) {
            if (role != MSPRoleType.UNRECOGNIZED) {
                MSPPrincipal principal = principal(identity.mspId(), role);
                if (memberships.stream().anyMatch(membership -> membership.satisfies(identity, principal))) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    private static MSPPrincipal principal(MspId mspId, MSPRoleType role) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(mspId.value())
                        .setRole(role)
                        .build()
                        .toByteString())
                .build();
    }

    /** The MSPs of some memberships that vouch for a certificate, and those that have revoked it. */
    private static final class Candidates {
        private final RevocationNews news;
        private final Map<MspId, Identity> valid = new LinkedHashMap<>();
        private final Map<MspId, IdentityException> revoked = new LinkedHashMap<>();
        private IdentityException refusal =
                new IdentityException(Reason.INVALID, "no organisation known here vouches for the certificate");

        Candidates(X509Certificate presented, List<Membership> memberships, RevocationNews news) {
            this.news = news;
            for (Membership membership : memberships) {
                membership.mspIds().forEach(mspId -> judge(membership, X509Identity.serialize(mspId, presented)));
            }
        }

        private void judge(Membership membership, ByteString serialized) {
            try {
                Identity identity = membership.deserialize(serialized);
                judge(membership, identity);
            } catch (IdentityException e) {
                refusal = e;
            }
        }

        private void judge(Membership membership, Identity identity) {
            try {
                membership.validate(identity);
                membership.checkNotRevoked(identity, news);
                valid.put(identity.mspId(), identity);
            } catch (IdentityException e) {
                // Why one MSP does not know it says nothing where another does; that it was revoked does.
                if (e.reason() == Reason.REVOKED) {
                    revoked.put(identity.mspId(), e);
                }
            }
        }

        boolean isEmpty() {
            return valid.isEmpty() && revoked.isEmpty();
        }

        Identity only() throws IdentityException {
            if (valid.isEmpty()) {
                throw revoked.isEmpty() ? refusal : revoked.values().iterator().next();
            }
            if (valid.size() > 1) {
                throw new IdentityException(
                        Reason.INVALID, "several organisations vouch for the certificate: " + valid.keySet());
            }
            return valid.values().iterator().next();
        }

        void requireNotRevoked(MspId mspId) throws IdentityException {
            IdentityException refused = revoked.get(mspId);
            if (refused != null) {
                throw refused;
            }
        }
    }
}
