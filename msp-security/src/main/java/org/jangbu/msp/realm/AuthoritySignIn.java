package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeyRequest;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.RecentlyUsed;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.log.AuditLog;
import org.jangbu.msp.log.MspLog;

/**
 * Sign-in with the id and secret that an authority knows. At the first time, and again when the certificate nears its end or is not good
 * any more, the server makes a key and enrols with it in that person's place.
 */
final class AuthoritySignIn {
    /** How long before its end a certificate is replaced; a third of its life if that is less. */
    private static final Duration EARLY = Duration.ofDays(30);

    /** How long an enrolment that was refused is not tried again for somebody who has a certificate. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ManagedIdentities identities;
    private final EnrollmentSource source;
    private final Doorkeeper door;
    private final Clock clock;
    private final PasswordGate gate;
    private final ReentrantLock enrolling = new ReentrantLock();
    private final RecentlyUsed<ManagedName, Instant> refusedAt = new RecentlyUsed<>(1024);

    AuthoritySignIn(ManagedIdentities identities, EnrollmentSource source, Doorkeeper door, Clock clock) {
        this.identities = identities;
        this.source = source;
        this.door = door;
        this.clock = clock;
        this.gate = new PasswordGate(clock);
    }

    /** As {@link ManagedIdentities#authenticate}. The registry is asked each time, so what it forgets is forgotten here. */
    Optional<Caller> authenticate(ManagedName asked, String secret) {
        Optional<EnrollmentSource.Registered> who = only(asked, source.find(asked));
        String version = who.map(EnrollmentSource.Registered::secretVersion).orElse("");
        boolean right = gate.isRight(
                asked.toString(),
                version,
                secret,
                () -> who.isPresent() ? who.get().isRight(secret) : PasswordGate.isNobodys(secret));
        return right ? who.map(this::caller) : Optional.empty();
    }

    private static Optional<EnrollmentSource.Registered> only(
            ManagedName asked, List<EnrollmentSource.Registered> found) {
        if (found.size() > 1) {
            MspLog.LOG.signInAmbiguous(
                    asked.toString(),
                    found.stream()
                            .map(EnrollmentSource.Registered::authorityName)
                            .toList());
            return Optional.empty();
        }
        Optional<EnrollmentSource.Registered> only = found.stream().findFirst();
        only.map(EnrollmentSource.Registered::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .ifPresent(refusal ->
                        MspLog.LOG.signInRefused(asked.toString(), only.get().authorityName(), refusal));
        return only.filter(registered -> registered.refusal().isEmpty());
    }

    private Caller caller(EnrollmentSource.Registered who) {
        Optional<IdentityRecord> kept = kept(who);
        if (kept.isPresent() && isGood(kept.get())) {
            return ManagedIdentities.caller(kept.get());
        }
        enrolling.lock();
        try {
            // Of several requests that came at once the first has done the work.
            Optional<IdentityRecord> now = kept(who);
            return now.isPresent() && (isGood(now.get()) || isRefusedLately(who.name()))
                    ? ManagedIdentities.caller(now.get())
                    : enroll(who, now);
        } finally {
            enrolling.unlock();
        }
    }

    private Optional<IdentityRecord> kept(EnrollmentSource.Registered who) {
        Optional<IdentityRecord> kept = identities.find(who.name());
        if (kept.isPresent() && !kept.get().proof().equals(new SecretProof.AtAuthority(who.authorityName()))) {
            throw new SignInRefusedException("another authority has certified the " + who.name() + " of this server");
        }
        return kept;
    }

    /** Whether it passes at the door, and will for a while. */
    private boolean isGood(IdentityRecord kept) {
        try {
            door.check(kept.serialized());
            X509Certificate certificate =
                    CertificateReader.only(kept.certificate().toByteArray());
            Instant end = certificate.getNotAfter().toInstant();
            Duration third = Duration.between(certificate.getNotBefore().toInstant(), end)
                    .dividedBy(3);
            return clock.instant().isBefore(end.minus(third.compareTo(EARLY) < 0 ? third : EARLY));
        } catch (IdentityException | GeneralSecurityException e) {
            return false;
        }
    }

    private boolean isRefusedLately(ManagedName name) {
        Instant at = refusedAt.get(name);
        return at != null && clock.instant().isBefore(at.plus(PAUSE));
    }

    /** Whoever has an old certificate goes on with it if no other is to be had: the door judges it. */
    private Caller enroll(EnrollmentSource.Registered who, Optional<IdentityRecord> kept) {
        try {
            IdentityRecord made = make(who);
            refusedAt.remove(who.name());
            identities.keep(made);
            return ManagedIdentities.caller(made);
        } catch (SignInRefusedException e) {
            MspLog.LOG.signInRefused(who.name().toString(), who.authorityName(), String.valueOf(e.getMessage()));
            if (kept.isEmpty()) {
                throw e;
            }
            refusedAt.remove(who.name());
            refusedAt.put(who.name(), clock.instant());
            return ManagedIdentities.caller(kept.get());
        } catch (IOException | GeneralSecurityException e) {
            throw new IdentityStoreException("the key of " + who.name() + " cannot be kept", e);
        }
    }

    private IdentityRecord make(EnrollmentSource.Registered who) throws GeneralSecurityException {
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        ByteString sealedKey = identities.sealed(SigningKey.of(keys.getPrivate()));
        X509Certificate certificate =
                who.certify(KeyRequest.pem(who.name().id().value(), keys), issued -> requireEntry(who.name(), issued));
        Set<MSPRoleType> roles = requireEntry(who.name(), certificate);
        AuditLog.LOG.enrolledAtSignIn(
                who.name().toString(),
                Roles.format(roles),
                who.authorityName(),
                certificate.getSerialNumber().toString(16));
        return new IdentityRecord(
                who.name(),
                who.name().mspId().orElseThrow(),
                roles,
                new SecretProof.AtAuthority(who.authorityName()),
                ByteString.copyFromUtf8(CertificateReader.pem(certificate)),
                sealedKey);
    }

    /** The roles of a certificate that opens a face of this server. */
    private Set<MSPRoleType> requireEntry(ManagedName name, X509Certificate certificate) {
        try {
            Set<MSPRoleType> roles = door.roles(X509Identity.serialize(
                    name.mspId().orElseThrow(), ByteString.copyFromUtf8(CertificateReader.pem(certificate))));
            if (!roles.contains(MSPRoleType.CLIENT) && !roles.contains(MSPRoleType.ADMIN)) {
                throw new SignInRefusedException("its organisation takes it neither for a client nor an administrator");
            }
            return roles;
        } catch (IdentityException e) {
            throw new SignInRefusedException("a certificate of this authority is refused here: " + e.getMessage(), e);
        }
    }
}
