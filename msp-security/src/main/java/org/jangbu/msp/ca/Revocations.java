package org.jangbu.msp.ca;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.Quoted;
import org.jangbu.msp.log.CaAuditLog;
import org.jangbu.msp.realm.EnrollmentId;

/** Takes back what was issued, and tells the world by lists. */
final class Revocations {
    private final AuthorityName name;
    private final RevocationListIssuer lists;
    private final Clock clock;

    Revocations(AuthorityName name, AuthorityCertificate authority, Clock clock) {
        this.name = name;
        this.lists = new RevocationListIssuer(authority);
        this.clock = clock;
    }

    CallerSession.Revoked revoke(RegistryTables tables, TokenCheck.Caller caller, RevocationRequest request)
            throws CaException {
        RevocationReason reason = RevocationReason.parse(request.reason())
                .orElseThrow(() -> CaException.of(
                        400, CaError.BAD_BODY, "Unknown revocation reason " + Quoted.brief(request.reason())));
        IssuedCertificate.Revocation revocation = new IssuedCertificate.Revocation(clock.instant(), reason);
        List<IssuedCertificate> revoked;
        if (!request.serial().isEmpty() && !request.authorityKey().isEmpty()) {
            revoked = List.of(revokeOne(tables, caller, request, revocation));
        } else if (!request.id().isEmpty()) {
            revoked = revokeIdentity(tables, caller.identity(), request.id(), revocation);
        } else {
            throw CaException.of(
                    400,
                    CaError.MISSING_REVOKE_ARGUMENTS,
                    "Either Name or Serial and AKI are required for a revoke request");
        }
        String list = revoked.isEmpty() ? "" : publish(tables);
        return new CallerSession.Revoked(revoked, request.list() ? list : "");
    }

    private IssuedCertificate revokeOne(
            RegistryTables tables,
            TokenCheck.Caller caller,
            RevocationRequest request,
            IssuedCertificate.Revocation revocation)
            throws CaException {
        IssuedCertificate certificate = tables.certificate(
                        Texts.hexadecimal(request.serial()), Texts.hexadecimal(request.authorityKey()))
                .orElseThrow(() -> CaException.of(
                        404,
                        CaError.REVOKED_CERTIFICATE_NOT_FOUND,
                        "Certificate with serial " + Quoted.brief(request.serial()) + " and AKI "
                                + Quoted.brief(request.authorityKey()) + " was not found"));
        requireRevoker(caller.identity(), certificate.owner());
        if (certificate.revocation().isPresent()) {
            throw CaException.of(404, CaError.ALREADY_REVOKED, "The certificate was already revoked");
        }
        if (!request.id().isEmpty() && !request.id().equals(certificate.owner().value())) {
            throw CaException.of(
                    400,
                    CaError.CERTIFICATE_OF_ANOTHER,
                    "The certificate is not owned by " + Quoted.brief(request.id()));
        }
        RegisteredIdentity owner = tables.identity(certificate.owner())
                .orElseThrow(() -> unknown(certificate.owner().value()));
        if (!certificate.equals(caller.certificate())) {
            new Rights(caller.identity()).requireOver(owner);
        }
        revoke(name, tables, certificate, revocation);
        return certificate;
    }

    private List<IssuedCertificate> revokeIdentity(
            RegistryTables tables, RegisteredIdentity caller, String asked, IssuedCertificate.Revocation revocation)
            throws CaException {
        if (!caller.id().value().equals(asked)) {
            new Rights(caller).require(Attributes.REVOKER, CaError.NOT_REVOKER);
        }
        Optional<RegisteredIdentity> found =
                EnrollmentId.isValid(asked) ? tables.lock(new EnrollmentId(asked)) : Optional.empty();
        RegisteredIdentity identity = found.orElseThrow(() -> unknown(asked));
        if (!identity.id().equals(caller.id())) {
            new Rights(caller).requireOver(identity);
        }
        tables.update(identity.revokedForEver());
        CaAuditLog.LOG.identityRevoked(
                name.value(), identity.id().value(), caller.id().value());
        return revokeAll(name, tables, identity.id(), revocation);
    }

    static List<IssuedCertificate> revokeAll(
            AuthorityName name, RegistryTables tables, EnrollmentId owner, IssuedCertificate.Revocation revocation) {
        List<IssuedCertificate> valid = tables.certificates(CertificateFilter.ownedBy(owner.value()));
        valid.forEach(certificate -> revoke(name, tables, certificate, revocation));
        return valid;
    }

    private static void revoke(
            AuthorityName name,
            RegistryTables tables,
            IssuedCertificate certificate,
            IssuedCertificate.Revocation revocation) {
        tables.revoke(certificate, revocation);
        CaAuditLog.LOG.revoked(
                name.value(),
                certificate.serial(),
                certificate.owner().value(),
                revocation.reason().name());
    }

    /** A revocation list for a caller. */
    String list(RegistryTables tables, RegisteredIdentity caller, CertificateFilter filter) throws CaException {
        new Rights(caller).require(Attributes.GEN_CRL, CaError.NO_GENCRL);
        if (filter.revoked().areReversed()) {
            throw CaException.of(
                    400,
                    CaError.INVALID_REVOKED_AFTER,
                    "Invalid 'revokedafter' value. It must not be a timestamp greater than 'revokedbefore'");
        }
        if (filter.expiry().areReversed()) {
            throw CaException.of(
                    400,
                    CaError.INVALID_EXPIRED_AFTER,
                    "Invalid 'expireafter' value. It must not be a timestamp greater than 'expirebefore'");
        }
        return list(tables, filter);
    }

    private String list(RegistryTables tables, CertificateFilter filter) {
        return list(tables, filter, tables.nextListNumber(clock.instant()));
    }

    /**
     * Makes the list of all that is revoked, PEM, and has it count at all doors. Whatever revokes calls it in the same transaction: a
     * revocation is never known to the authority alone.
     */
    String publish(RegistryTables tables) {
        // The number comes first: whoever revokes at the same time waits here, and lists what this one has revoked.
        long number = tables.nextListNumber(clock.instant());
        String list = list(tables, CertificateFilter.ALL, number);
        tables.publish(number, list);
        return list;
    }

    private String list(RegistryTables tables, CertificateFilter filter, long number) {
        try {
            return lists.issue(tables.revoked(filter.within(Affiliation.ROOT)), number, clock.instant());
        } catch (IOException e) {
            throw new IllegalStateException("a revocation list of " + name + " cannot be made", e);
        }
    }

    private static void requireRevoker(RegisteredIdentity caller, EnrollmentId owner) throws CaException {
        if (!caller.id().equals(owner)) {
            new Rights(caller).require(Attributes.REVOKER, CaError.NOT_REVOKER);
        }
    }

    private static CaException unknown(String id) {
        return CaException.of(404, CaError.REVOKED_ID_NOT_FOUND, "Identity " + Quoted.brief(id) + " was not found");
    }
}
