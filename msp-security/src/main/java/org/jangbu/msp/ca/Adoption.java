package org.jangbu.msp.ca;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.log.CaAuditLog;
import org.jangbu.msp.realm.DerivedSecret;

/**
 * Enters certificates that the authority's key signed before there was this registry: their holders are registered, without a secret that
 * anybody knows, and may call, re-enrol and be revoked from then on. Nobody gains by it what its certificate does not already say: who is
 * registered as something else, or has rights over the registry, gets no further certificate this way.
 */
final class Adoption {
    private static final int SECRET_BYTES = 32;

    private final AuthorityName name;
    private final AuthorityCertificate authority;
    private final AuthoritySettings settings;
    private final Registry registry;
    private Optional<DerivedSecret> nobodys = Optional.empty();

    Adoption(AuthorityName name, AuthorityCertificate authority, AuthoritySettings settings, Registry registry) {
        this.name = name;
        this.authority = authority;
        this.settings = settings;
        this.registry = registry;
    }

    /** Says whether the registry did not know it yet; what it knows stays as it is, revoked or not. */
    boolean adopt(X509Certificate certificate) throws CaException {
        CertifiedHolder holder = holder(certificate);
        IssuedCertificate issued = IssuedCertificate.of(certificate, authority.keyIdentifier(), holder.id());
        if (registry.inTransaction(tables -> isKnown(tables, issued))) {
            return false;
        }
        // Deriving is slow on purpose and must not hold a connection.
        DerivedSecret secret = nobodysSecret();
        return registry.inTransaction(tables -> enter(tables, holder, issued, secret));
    }

    private CertifiedHolder holder(X509Certificate certificate) throws CaException {
        try {
            if (!certificate.getIssuerX500Principal().equals(authority.own().getSubjectX500Principal())) {
                throw new CertificateException("it was issued by somebody else");
            }
            CryptoProvider.ofThisServer().verify(certificate, authority.own().getPublicKey());
            if (CertificateExtensions.isCa(certificate)) {
                throw new CertificateException("it is the certificate of an authority");
            }
            if (certificate.getSerialNumber().signum() <= 0) {
                throw new CertificateException("its serial number is not positive");
            }
            return CertifiedHolder.of(certificate);
        } catch (GeneralSecurityException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isKnown(RegistryTables tables, IssuedCertificate issued) throws CaException {
        Optional<IssuedCertificate> known = tables.certificate(issued.serial(), issued.authorityKey());
        if (known.isPresent() && !known.get().pem().equals(issued.pem())) {
            throw refused("another certificate has its serial number");
        }
        return known.isPresent();
    }

    private boolean enter(RegistryTables tables, CertifiedHolder holder, IssuedCertificate issued, DerivedSecret secret)
            throws CaException {
        RegisteredIdentity identity = RegisteredIdentity.fresh(
                holder.id(),
                holder.type(),
                holder.affiliation(),
                holder.attributes(),
                secret,
                settings.maxEnrollments());
        boolean fresh = tables.insert(identity);
        if (fresh) {
            tables.insertWithParents(holder.affiliation());
        } else {
            requireSame(tables.lock(holder.id()), holder);
            // Another server may have been first, and has let this one wait at the identity.
            if (isKnown(tables, issued)) {
                return false;
            }
        }
        tables.insert(issued);
        CaAuditLog.LOG.adopted(
                name.value(),
                issued.serial(),
                issued.owner().value(),
                holder.type().value());
        return true;
    }

    private static void requireSame(Optional<RegisteredIdentity> there, CertifiedHolder holder) throws CaException {
        RegisteredIdentity known = there.orElseThrow(() -> refused("another identity is that node"));
        if (known.revoked()) {
            throw refused(known.id() + " is revoked");
        }
        if (!known.type().equals(holder.type())
                || !known.affiliation().equals(holder.affiliation())
                || !known.attributes().equals(holder.attributes())) {
            throw refused(known.id() + " is registered as something else");
        }
    }

    private synchronized DerivedSecret nobodysSecret() {
        if (nobodys.isEmpty()) {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            nobodys = Optional.of(DerivedSecret.of(Base64.getEncoder().encodeToString(bytes)));
        }
        return nobodys.get();
    }

    private static CaException refused(String reason) {
        return CaException.of(400, CaError.ADD_IDENTITY, reason);
    }
}
