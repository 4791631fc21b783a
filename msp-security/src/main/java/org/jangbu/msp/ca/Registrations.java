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
    private final SecureRandom random = new SecureRandom();

    Registrations(AuthorityName name, AuthoritySettings settings) {
        this.name = name;
        this.settings = settings;
    }

    CallerSession.Registered register(RegistryTables tables, RegisteredIdentity registrar, RegistrationRequest request)
            throws CaException {
        EnrollmentId id = id(request.id());
        IdentityType type = request.type().isEmpty() ? registrar.type() : type(request.type());
        Affiliation affiliation = request.affiliation().isEmpty()
                ? registrar.affiliation()
                : affiliation(tables, request.affiliation(), CaError.GETTING_AFFILIATION);
        Rights rights = new Rights(registrar);
        rights.requireType(type);
        rights.requireWithin(affiliation);
        new AttributeRights(registrar).require(Attributes.NONE, checked(request.attributes()));
        Attributes attributes = Attributes.NONE.with(request.attributes()).ofRegistry(id, type, affiliation);
        requireNodeUnit(type, attributes);
        if (tables.identity(id).isPresent()) {
            throw duplicate(id);
        }
        String secret = request.secret().isEmpty() ? newSecret() : checkedSecret(request.secret());
        RegisteredIdentity identity = RegisteredIdentity.fresh(
                id,
                type,
                affiliation,
                attributes,
                DerivedSecret.of(secret),
                maxEnrollments(request.maxEnrollments().orElse(0)));
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
                : affiliation(tables, request.affiliation(), CaError.MODIFYING_IDENTITY);
        rights.requireWithin(affiliation);
        IdentityType type = request.type().isEmpty() ? before.type() : type(request.type());
        rights.requireType(type);
        new AttributeRights(registrar).require(before.attributes(), checked(request.attributes()));
        Attributes attributes =
                before.attributes().with(request.attributes()).ofRegistry(before.id(), type, affiliation);
        requireNodeUnit(type, attributes);
        RegisteredIdentity after = before.with(type, affiliation, attributes);
        if (!request.secret().isEmpty()) {
            after = after.with(DerivedSecret.of(checkedSecret(request.secret())));
        }
        int most = request.maxEnrollments().orElse(0);
        if (most != 0) {
            after = after.withMaxEnrollments(most == NEVER ? 0 : maxEnrollments(most));
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

    private static List<Attribute> checked(List<Attribute> attributes) throws CaException {
        if (attributes.size() > Attributes.MOST
                || attributes.stream().map(Attribute::name).distinct().count() != attributes.size()) {
            throw CaException.of(
                    400, CaError.BAD_BODY, "an identity has at most " + Attributes.MOST + " attributes, each once");
        }
        return attributes;
    }

    private static void requireNodeUnit(IdentityType type, Attributes attributes) throws CaException {
        if (NodeUnit.refusal(type, attributes).isPresent()) {
            throw CaException.of(
                    400,
                    CaError.BAD_BODY,
                    Attributes.NODE + ": " + NodeUnit.refusal(type, attributes).get());
        }
        if (attributes.all().size() > Attributes.MOST) {
            throw CaException.of(400, CaError.BAD_BODY, "an identity has at most " + Attributes.MOST + " attributes");
        }
    }

    private int maxEnrollments(int asked) throws CaException {
        int most = settings.maxEnrollments();
        if (asked < -1 || (most > 0 && (asked == -1 || asked > most))) {
            throw CaException.of(
                    400,
                    CaError.MAX_ENROLLMENTS,
                    "Requested enrollments " + asked + " are not within the maximum of the CA, " + most);
        }
        return asked == 0 ? most : asked;
    }

    private static Affiliation affiliation(RegistryTables tables, String asked, CaError error) throws CaException {
        Affiliation affiliation = asked.equals(".")
                ? Affiliation.ROOT
                : Affiliation.parse(asked)
                        .orElseThrow(() -> CaException.of(400, error, "Not an affiliation: " + Quoted.brief(asked)));
        if (!affiliation.isRoot() && !tables.has(affiliation)) {
            throw CaException.of(400, error, "Affiliation '" + affiliation + "' is not supported");
        }
        return affiliation;
    }

    private static EnrollmentId id(String text) throws CaException {
        if (!EnrollmentId.isValid(text) || text.length() > 64) {
            throw CaException.of(
                    400,
                    CaError.ADD_IDENTITY,
                    "An id has 1 to 64 letters, digits and @ . _ -, a letter or digit first");
        }
        return new EnrollmentId(text);
    }

    private static IdentityType type(String text) throws CaException {
        return IdentityType.parse(text)
                .orElseThrow(() -> CaException.of(400, CaError.BAD_BODY, "Not a type: " + Quoted.brief(text)));
    }

    private static String checkedSecret(String secret) throws CaException {
        if (secret.length() > SecretCheck.LONGEST) {
            throw CaException.of(400, CaError.BAD_BODY, "A secret has at most " + SecretCheck.LONGEST + " characters");
        }
        return secret;
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
