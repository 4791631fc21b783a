package org.jangbu.msp.ca;

import java.time.Instant;
import java.util.List;
import org.jangbu.model.Quoted;

/** The tree of affiliations, changed by those with {@code hf.AffiliationMgr}, each below its own place. */
final class Affiliations {
    private final AuthorityName name;
    private final AuthoritySettings settings;

    Affiliations(AuthorityName name, AuthoritySettings settings) {
        this.name = name;
        this.settings = settings;
    }

    /** All that the caller may see. */
    CallerSession.Branch list(RegistryTables tables, RegisteredIdentity caller) throws CaException {
        requireManager(caller);
        List<Affiliation> all = tables.affiliations(caller.affiliation());
        if (all.isEmpty()) {
            throw CaException.of(404, CaError.GETTING_AFFILIATION, "No affiliations are configured on the CA");
        }
        return new CallerSession.Branch(all, List.of());
    }

    CallerSession.Branch get(RegistryTables tables, RegisteredIdentity caller, String asked) throws CaException {
        requireManager(caller);
        Affiliation affiliation = existing(tables, caller, asked);
        return new CallerSession.Branch(tables.affiliations(affiliation), List.of());
    }

    /** @param force whether to add what is missing above it too */
    Affiliation add(RegistryTables tables, RegisteredIdentity caller, String asked, boolean force) throws CaException {
        requireManager(caller);
        Affiliation affiliation = parse(asked, CaError.ADD_AFFILIATION);
        new Rights(caller).requireWithin(affiliation);
        if (tables.has(affiliation)) {
            throw CaException.of(409, CaError.ADD_AFFILIATION, "Affiliation already exists");
        }
        Affiliation parent = affiliation.parent();
        if (!force && !parent.isRoot() && !tables.has(parent)) {
            throw CaException.of(
                    400,
                    CaError.ADD_AFFILIATION,
                    "Parent affiliation does not exist, 'force' option required on request to add affiliation");
        }
        tables.insertWithParents(affiliation);
        return affiliation;
    }

    /** @param force whether those who have the affiliation move along */
    CallerSession.Branch rename(
            RegistryTables tables, RegisteredIdentity caller, String asked, String newName, boolean force)
            throws CaException {
        requireManager(caller);
        Affiliation from = existing(tables, caller, asked);
        Affiliation to = parse(newName, CaError.MODIFY_AFFILIATION);
        Rights rights = new Rights(caller);
        rights.requireWithin(to);
        if (tables.has(to) || from.contains(to) || (!to.parent().isRoot() && !tables.has(to.parent()))) {
            throw CaException.of(
                    400,
                    CaError.MODIFY_AFFILIATION,
                    "Affiliation '" + to + "' exists, or what would be above it does not");
        }
        List<RegisteredIdentity> touched = tables.identities(from);
        requireOver(rights, touched, CaError.NOT_REGISTRAR);
        if (!touched.isEmpty() && !force) {
            throw CaException.of(
                    400,
                    CaError.MODIFY_AFFILIATION,
                    "There are identities of affiliation '" + from + "'. Need to use 'force' to move them too");
        }
        for (Affiliation old : tables.affiliations(from)) {
            tables.insert(moved(old, from, to));
            tables.delete(old);
        }
        List<RegisteredIdentity> after =
                touched.stream().map(identity -> moved(identity, from, to)).toList();
        after.forEach(tables::update);
        return new CallerSession.Branch(tables.affiliations(to), after);
    }

    /** @param force whether to remove what is below it, and those who have the affiliation, too */
    CallerSession.Branch remove(
            RegistryTables tables, RegisteredIdentity caller, String asked, boolean force, Instant now)
            throws CaException {
        requireManager(caller);
        Affiliation affiliation = existing(tables, caller, asked);
        List<Affiliation> all = tables.affiliations(affiliation);
        List<RegisteredIdentity> touched = tables.identities(affiliation);
        if (!settings.removalAllowed()
                || affiliation.contains(caller.affiliation())
                || (!force && (all.size() > 1 || !touched.isEmpty()))) {
            throw CaException.authorization(
                    CaError.REMOVE_AFFILIATION,
                    "removal is disabled, the affiliation is the caller's own, or more would go without 'force'");
        }
        requireOver(new Rights(caller), touched, CaError.REMOVE_AFFILIATION);
        for (RegisteredIdentity identity : touched) {
            Revocations.revokeAll(
                    name,
                    tables,
                    identity.id(),
                    new IssuedCertificate.Revocation(now, RevocationReason.AFFILIATIONCHANGED));
            tables.delete(identity.id());
        }
        all.forEach(tables::delete);
        return new CallerSession.Branch(all, touched);
    }

    private static void requireManager(RegisteredIdentity caller) throws CaException {
        new Rights(caller).require(Attributes.AFFILIATION_MANAGER, CaError.MISSING_ROLE);
    }

    /** Whoever changes others through their affiliation must be allowed to change each of them. */
    private static void requireOver(Rights rights, List<RegisteredIdentity> touched, CaError error) throws CaException {
        if (touched.size() > RegistryTables.MOST_ROWS) {
            throw CaException.of(400, error, "more than " + RegistryTables.MOST_ROWS + " identities at once");
        }
        for (RegisteredIdentity identity : touched) {
            rights.requireOver(identity);
        }
    }

    private static Affiliation existing(RegistryTables tables, RegisteredIdentity caller, String asked)
            throws CaException {
        Affiliation affiliation = parse(asked, CaError.NOT_IN_DATABASE);
        new Rights(caller).requireWithin(affiliation);
        if (!tables.has(affiliation)) {
            throw CaException.of(
                    404, CaError.NOT_IN_DATABASE, "Failed to get Affiliation: there is no '" + affiliation + "'");
        }
        return affiliation;
    }

    private static Affiliation parse(String asked, CaError error) throws CaException {
        return Affiliation.parse(asked)
                .filter(affiliation -> !affiliation.isRoot())
                .orElseThrow(
                        () -> CaException.of(
                                400,
                                error,
                                "Not an affiliation: '" + Quoted.brief(asked)
                                        + "'. It is up to 8 words of letters, digits, _ and -, with dots between, none a role"));
    }

    private static Affiliation moved(Affiliation old, Affiliation from, Affiliation to) throws CaException {
        try {
            return old.moved(from, to);
        } catch (IllegalArgumentException e) {
            throw CaException.of(400, CaError.MODIFY_AFFILIATION, "some affiliation would be too deep");
        }
    }

    private static RegisteredIdentity moved(RegisteredIdentity identity, Affiliation from, Affiliation to) {
        Affiliation moved = identity.affiliation().moved(from, to);
        Attributes attributes =
                identity.attributes().saying(new Attribute(Attributes.AFFILIATION, moved.value(), true));
        return identity.with(identity.type(), moved, attributes);
    }
}
