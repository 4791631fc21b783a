package org.jangbu.msp.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jangbu.msp.log.CaAuditLog;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/** Certificates for those who are registered: for a secret at first, for an earlier certificate later. */
final class Enrollments {
    private final AuthorityName name;
    private final AuthorityCertificate authority;
    private final Registry registry;
    private final CertificateIssuer issuer;
    private final SecretCheck secrets = new SecretCheck();
    private final Clock clock;

    Enrollments(AuthorityName name, AuthorityCertificate authority, Registry registry, Clock clock) {
        this.name = name;
        this.authority = authority;
        this.registry = registry;
        this.issuer = new CertificateIssuer(authority, clock);
        this.clock = clock;
    }

    /** A certificate for whoever has the secret. */
    X509Certificate enroll(String user, String secret, EnrollmentRequest request) throws CaException {
        if (!EnrollmentId.isValid(user) || secret.isEmpty() || secret.length() > SecretCheck.LONGEST) {
            throw CaException.authentication(CaError.INVALID_ID, "no name and secret that could be right");
        }
        EnrollmentId id = new EnrollmentId(user);
        Optional<RegisteredIdentity> known = registry.inTransaction(tables -> tables.identity(id));
        DerivedSecret tried = checkSecret(id, known, secret);
        return enroll(id, tried, request, certificate -> {});
    }

    /** Whether this is the secret of somebody who was looked up just now; wrong ones are counted as in {@link #enroll}. */
    boolean isSecretOf(RegisteredIdentity known, String secret) throws CaException {
        if (secret.isEmpty() || secret.length() > SecretCheck.LONGEST) {
            return false;
        }
        DerivedSecret right = checkSecret(known.id(), Optional.of(known), secret);
        if (!known.failures().equals(Failures.NONE)) {
            registry.inTransaction(tables -> {
                tables.lock(known.id())
                        .filter(now -> now.secret().equals(right))
                        .ifPresent(now -> tables.update(now.with(Failures.NONE)));
                return true;
            });
        }
        return true;
    }

    /**
     * A certificate for somebody whose secret has been tried.
     *
     * @param tried what was derived from the secret that was right
     * @param acceptance throws if the certificate is of no use; nothing is written then
     */
    X509Certificate enroll(
            EnrollmentId id, DerivedSecret tried, EnrollmentRequest request, Consumer<X509Certificate> acceptance)
            throws CaException {
        return registry.inTransaction(tables -> {
            RegisteredIdentity identity = tables.lock(id)
                    .filter(now -> now.secret().equals(tried))
                    .orElseThrow(() -> CaException.authentication(
                            CaError.INVALID_SECRET, "the secret of " + id + " has just been changed"));
            requireEnrollable(identity);
            X509Certificate certificate = issue(tables, identity, request, acceptance);
            tables.update(identity.enrolled());
            return certificate;
        });
    }

    /** Another certificate for somebody who has one. */
    X509Certificate reenroll(RegistryTables tables, RegisteredIdentity identity, EnrollmentRequest request)
            throws CaException {
        return issue(tables, identity, request, certificate -> {});
    }

    private DerivedSecret checkSecret(EnrollmentId id, Optional<RegisteredIdentity> known, String secret)
            throws CaException {
        boolean right = secrets.isRight(known.map(RegisteredIdentity::secret), secret);
        if (known.isEmpty()) {
            throw CaException.authentication(CaError.INVALID_ID, id + " is not registered");
        }
        Instant now = clock.instant();
        if (known.get().failures().tooMany(now)) {
            throw CaException.authentication(
                    CaError.TOO_MANY_FAILURES, id + " is refused for a while: too many wrong secrets");
        }
        if (!right) {
            registry.inTransaction(tables -> {
                tables.lock(id)
                        .ifPresent(identity ->
                                tables.update(identity.with(identity.failures().andOne(now))));
                return true;
            });
            throw CaException.authentication(CaError.INVALID_SECRET, "the secret of " + id + " is another one");
        }
        return known.get().secret();
    }

    private void requireEnrollable(RegisteredIdentity identity) throws CaException {
        if (identity.failures().tooMany(clock.instant())) {
            throw CaException.authentication(
                    CaError.TOO_MANY_FAILURES, identity.id() + " is refused for a while: too many wrong secrets");
        }
        if (identity.revoked()) {
            throw CaException.authentication(CaError.REVOKED_ID, identity.id() + " is revoked");
        }
        if (!identity.mayEnrollAgain()) {
            throw CaException.authentication(
                    CaError.ENROLL_DISABLED, identity.id() + " has enrolled as often as it may");
        }
    }

    private X509Certificate issue(
            RegistryTables tables,
            RegisteredIdentity identity,
            EnrollmentRequest asked,
            Consumer<X509Certificate> acceptance)
            throws CaException {
        SigningProfile profile = SigningProfile.parse(asked.profile())
                .orElseThrow(() -> CaException.of(400, CaError.BAD_BODY, "Invalid profile"));
        CertificateRequest request = CertificateRequest.parse(asked.request());
        request.subject().requireCommonName(identity.id().value());
        requireAuthorityRights(identity, profile, request);
        CertificateIssuer.Content content = new CertificateIssuer.Content(
                request.subject().with(units(identity, profile)),
                request.key(),
                profile,
                hosts(asked, request),
                AttributeExtension.of(identity.attributes(), asked.attributes()));
        X509Certificate certificate = sign(content);
        acceptance.accept(certificate);
        IssuedCertificate issued = IssuedCertificate.of(certificate, authority.keyIdentifier(), identity.id());
        tables.insert(issued);
        CaAuditLog.LOG.issued(
                name.value(), issued.serial(), identity.id().value(), profile.name(), String.valueOf(issued.expiry()));
        return certificate;
    }

    private void requireAuthorityRights(RegisteredIdentity identity, SigningProfile profile, CertificateRequest request)
            throws CaException {
        if (profile != SigningProfile.CA && !request.wantsAuthority()) {
            return;
        }
        new Rights(identity).require(Attributes.INTERMEDIATE_CA, CaError.CALLER_LACKS_ATTRIBUTE);
        if (profile == SigningProfile.CA && !authority.mayIssueAuthorities()) {
            throw CaException.of(400, CaError.BAD_CSR, "no authority may stand below this one");
        }
    }

    /** The type, then the way down to the affiliation, then the node: what an MSP judges by is the registry's word, never the sender's. */
    private static List<String> units(RegisteredIdentity identity, SigningProfile profile) {
        List<String> units = new ArrayList<>();
        units.add(identity.type().value());
        units.addAll(identity.affiliation().elements());
        if (profile == SigningProfile.DEFAULT) {
            NodeUnit.name(identity.attributes()).ifPresent(node -> units.add(NodeUnit.PREFIX + node));
        }
        return units;
    }

    private static Optional<GeneralNames> hosts(EnrollmentRequest asked, CertificateRequest request)
            throws CaException {
        if (!asked.hosts().isEmpty()) {
            return Optional.of(Hosts.of(asked.hosts()));
        }
        return request.hosts().isPresent()
                ? Optional.of(Hosts.checked(request.hosts().get()))
                : Optional.empty();
    }

    private X509Certificate sign(CertificateIssuer.Content content) {
        try {
            return issuer.issue(content);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate of " + name + " cannot be made", e);
        }
    }
}
