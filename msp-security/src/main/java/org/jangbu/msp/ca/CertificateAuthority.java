package org.jangbu.msp.ca;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.MspId;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/**
 * One organisation's certificate authority. Whoever has a secret enrols; whoever has a certificate signs its calls and does, within its
 * rights, what a {@link CallerSession} offers. A call is done completely or not at all. Thread-safe.
 */
public final class CertificateAuthority {
    private final AuthorityName name;
    private final MspId mspId;
    private final AuthorityCertificate certificate;
    private final AuthoritySettings settings;
    private final Registry registry;
    private final TokenCheck tokens;
    private final Departments departments;
    private final Adoption adoption;

    /** @param registry of this authority alone */
    public CertificateAuthority(
            AuthorityName name,
            MspId mspId,
            AuthorityCertificate certificate,
            AuthoritySettings settings,
            Registry registry,
            Clock clock) {
        this.name = name;
        this.mspId = mspId;
        this.certificate = certificate;
        this.settings = settings;
        this.registry = registry;
        this.tokens = new TokenCheck(certificate, clock);
        this.adoption = new Adoption(name, certificate, settings, registry);
        this.departments = new Departments(
                new Enrollments(name, certificate, registry, clock),
                new Registrations(name, settings),
                new Revocations(name, certificate, clock),
                new Affiliations(name, settings),
                clock);
    }

    /** What each kind of call is done by. */
    record Departments(
            Enrollments enrollments,
            Registrations registrations,
            Revocations revocations,
            Affiliations affiliations,
            Clock clock) {}

    public AuthorityName name() {
        return name;
    }

    /** The organisation whose members it certifies. */
    public MspId mspId() {
        return mspId;
    }

    public AuthorityCertificate certificate() {
        return certificate;
    }

    /**
     * A certificate for whoever has the secret.
     *
     * @throws CaException if somebody else asks, or for what may not be had; wrong secrets are counted
     */
    public X509Certificate enroll(String user, String secret, EnrollmentRequest request) throws CaException {
        return departments.enrollments().enroll(user, secret, request);
    }

    /** Whether its ids and secrets may open the faces of this server. */
    boolean mayOpenFaces() {
        return settings.signIn();
    }

    /** Whoever is registered under an id now. */
    Optional<RegisteredIdentity> registered(EnrollmentId id) throws CaException {
        return registry.inTransaction(tables -> tables.identity(id));
    }

    Enrollments enrollments() {
        return departments.enrollments();
    }

    /**
     * Does something for whoever signed the call.
     *
     * @throws CaException if the signature is not of somebody known, or the work is refused; nothing has been written then
     */
    public <T> T call(SignedCall call, Work<T> work) throws CaException {
        X509Certificate signer = tokens.signer(call);
        return registry.inTransaction(
                tables -> work.with(new CallerSession(departments, tables, tokens.caller(tables, signer))));
    }

    /** What a caller has done. */
    @FunctionalInterface
    public interface Work<T> {
        T with(CallerSession session) throws CaException;
    }

    /** Makes the list of all that is revoked anew, PEM, and has it count at the doors of all servers of this registry. */
    public String publishRevocations() throws CaException {
        return registry.inTransaction(tables -> departments.revocations().publish(tables));
    }

    /**
     * Enters a certificate that the authority's key signed before there was this registry, and its holder.
     *
     * @return false if the registry knows it, whatever has become of it
     * @throws CaException if this authority did not sign it, or somebody else is registered under the name
     */
    public boolean adopt(X509Certificate earlier) throws CaException {
        return adoption.adopt(earlier);
    }

    /** Registers the first identity, who may do everything, and the first affiliations; unless somebody is registered. */
    public void bootstrap(EnrollmentId administrator, DerivedSecret secret, List<Affiliation> affiliations)
            throws CaException {
        registry.inTransaction(tables -> {
            if (!tables.hasIdentities()) {
                affiliations.forEach(tables::insertWithParents);
                tables.insert(Bootstrap.administrator(administrator, secret));
            }
            return true;
        });
    }
}
