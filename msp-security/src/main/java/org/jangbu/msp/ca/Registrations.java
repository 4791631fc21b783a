package org.jangbu.msp.ca;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jangbu.model.Quoted;
import org.jangbu.msp.log.CaAuditLog;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/** Who is registered: added, changed and removed by registrars, each within its rights. */
final class Registrations {
    private static final int SECRET_BYTES = 18;
    /** A change to this number says that the secret may not be used any more. */
    private static final int NEVER = -2;

    private final AuthorityName name;
    private final AuthoritySettings settings;
    private final RegistrationRules rules;
    private final SecureRandom random = new SecureRandom();

    Registrations(AuthorityName name, AuthoritySettings settings) {
        this.name = name;
        this.settings = settings;
        this.rules = new RegistrationRules(settings);
    }

    CallerSession.Registered register(RegistryTables tables, RegisteredIdentity registrar, RegistrationRequest request)
            throws CaException {
        EnrollmentId id = RegistrationRules.id(request.id());
        IdentityType type = request.type().isEmpty() ? registrar.type() : RegistrationRules.type(request.type());
        Affiliation affiliation = request.affiliation().isEmpty()
                ? registrar.affiliation()
                : RegistrationRules.affiliation(tables, request.affiliation(), CaError.GETTING_AFFILIATION);
        Rights rights = new Rights(registrar);
        rights.requireType(type);
        rights.requireWithin(affiliation);
        new AttributeRights(registrar).require(Attributes.NONE, RegistrationRules.checked(request.attributes()));
        Attributes attributes = Attributes.NONE.with(request.attributes()).ofRegistry(id, type, affiliation);
        RegistrationRules.requireNodeUnit(type, attributes);
        if (tables.identity(id).isPresent()) {
            throw duplicate(id);
        }
        String secret = request.secret().isEmpty() ? newSecret() : RegistrationRules.checkedSecret(request.secret());
        RegisteredIdentity identity = RegisteredIdentity.fresh(
                id,
                type,
                affiliation,
                attributes,
                DerivedSecret.of(secret),
                rules.maxEnrollments(request.maxEnrollments().orElse(0)));
        if (!tables.insert(identity)) {
            throw duplicate(id);
        }
        CaAuditLog.LOG.registered(
                name.value(), id.value(), type.value(), registrar.id().value());
        return new CallerSession.Registered(identity, secret);
    }

    RegisteredIdentity modify(RegistryTables tables, RegisteredIdentity registrar, RegistrationRequest request)
            throws CaException {
        RegisteredIdentity before = find(tables, registrar, request.id());
        Rights rights = new Rights(registrar);
        Affiliation affiliation = request.affiliation().isEmpty()
                ? before.affiliation()
                : RegistrationRules.affiliation(tables, request.affiliation(), CaError.MODIFYING_IDENTITY);
        rights.requireWithin(affiliation);
        IdentityType type = request.type().isEmpty() ? before.type() : RegistrationRules.type(request.type());
        rights.requireType(type);
        new AttributeRights(registrar).require(before.attributes(), RegistrationRules.checked(request.attributes()));
        Attributes attributes =
                before.attributes().with(request.attributes()).ofRegistry(before.id(), type, affiliation);
        RegistrationRules.requireNodeUnit(type, attributes);
        RegisteredIdentity after = before.with(type, affiliation, attributes);
        if (!request.secret().isEmpty()) {
            after = after.with(DerivedSecret.of(RegistrationRules.checkedSecret(request.secret())));
        }
        int most = request.maxEnrollments().orElse(0);
        if (most != 0) {
            after = after.withMaxEnrollments(most == NEVER ? 0 : rules.maxEnrollments(most));
        }
        if (!tables.update(after)) {
            throw CaException.of(409, CaError.MODIFYING_IDENTITY, "another identity is that node");
        }
        CaAuditLog.LOG.modified(
                name.value(), before.id().value(), registrar.id().value());
        return after;
    }

    /** Takes an identity out of the registry; its certificates count no more. */
    RegisteredIdentity remove(
            RegistryTables tables, RegisteredIdentity registrar, String asked, boolean force, Instant now)
            throws CaException {
        if (!settings.removalAllowed()) {
            throw CaException.of(403, CaError.REMOVE_IDENTITY, "Identity removal is disabled");
        }
        RegisteredIdentity identity = find(tables, registrar, asked);
        if (identity.id().equals(registrar.id()) && !force) {
            throw CaException.of(
                    403, CaError.REMOVE_IDENTITY, "Need to use 'force' option to delete your own identity");
        }
        Revocations.revokeAll(
                name,
                tables,
                identity.id(),
                new IssuedCertificate.Revocation(now, RevocationReason.CESSATIONOFOPERATION));
        tables.delete(identity.id());
        CaAuditLog.LOG.removed(
                name.value(), identity.id().value(), registrar.id().value());
        return identity;
    }

    /** Somebody whom the registrar may see. */
    RegisteredIdentity find(RegistryTables tables, RegisteredIdentity registrar, String asked) throws CaException {
        if (!EnrollmentId.isValid(asked)) {
            throw unknown(asked);
        }
        RegisteredIdentity identity = tables.lock(new EnrollmentId(asked)).orElseThrow(() -> unknown(asked));
        new Rights(registrar).requireOver(identity);
        return identity;
    }

    /** Everybody whom the registrar may see. */
    List<RegisteredIdentity> list(RegistryTables tables, RegisteredIdentity registrar) throws CaException {
        Rights rights = new Rights(registrar);
        rights.requireRegistrar();
        return tables.identities(registrar.affiliation()).stream()
                .filter(identity -> rights.actsOn(identity.type()))
                .toList();
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static CaException duplicate(EnrollmentId id) {
        return CaException.of(409, CaError.DUPLICATE_IDENTITY, "Identity '" + id + "' is already registered");
    }

    private static CaException unknown(String id) {
        return CaException.of(404, CaError.NOT_IN_DATABASE, "Failed to get User: no identity " + Quoted.brief(id));
    }
}
