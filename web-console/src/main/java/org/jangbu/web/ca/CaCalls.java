package org.jangbu.web.ca;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CallerSession;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.CertificateFilter;
import org.jangbu.msp.ca.EnrollmentRequest;
import org.jangbu.msp.ca.IssuedCertificate;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.ca.RegistrationRequest;
import org.jangbu.msp.ca.RegistryTables;
import org.jangbu.msp.ca.RevocationRequest;

/** The calls of the interface: each reads its request, has the authority do it, and says what came of it. */
final class CaCalls {
    private final CertificateAuthority authority;
    private final CaRequest request;
    private final Runnable revoked;

    CaCalls(CertificateAuthority authority, CaRequest request, Runnable revoked) {
        this.authority = authority;
        this.request = request;
        this.revoked = revoked;
    }

    CaAnswer answer() throws CaException {
        String call =
                request.method() + " " + request.endpoint() + (request.name().isEmpty() ? "" : "/");
        return switch (call) {
            case "GET cainfo", "HEAD cainfo", "POST cainfo" ->
                CaAnswer.ok(json -> new CaResults(json).about(authority));
            case "POST enroll" -> enroll();
            case "POST reenroll" -> reenroll();
            case "POST register" -> register();
            case "POST revoke" -> revoke();
            case "POST gencrl" -> revocationList();
            case "GET identities" -> identities();
            case "POST identities" -> addIdentity();
            case "GET identities/" -> identity(signed(session -> session.identity(request.name())), "");
            case "PUT identities/" -> modifyIdentity();
            case "DELETE identities/" -> removeIdentity();
            case "GET affiliations" -> branch(signed(CallerSession::affiliations));
            case "GET affiliations/" -> branch(signed(session -> session.affiliation(request.name())));
            case "POST affiliations" -> addAffiliation();
            case "PUT affiliations/" -> renameAffiliation();
            case "DELETE affiliations/" -> removeAffiliation();
            case "GET certificates" -> certificates();
            default -> throw unknown();
        };
    }

    private CaException unknown() {
        return request.endpoint().equals("idemix")
                ? CaException.of(501, CaError.UNKNOWN, "Idemix is not supported")
                : CaException.of(
                        405, CaError.METHOD_NOT_ALLOWED, "Method " + request.method() + " is not allowed here");
    }

    private <T> T signed(CertificateAuthority.Work<T> work) throws CaException {
        return authority.call(request.signed(), work);
    }

    /** As {@link #signed}, for work that may have revoked something. */
    private <T> T signedRevoking(CertificateAuthority.Work<T> work) throws CaException {
        T done = signed(work);
        revoked.run();
        return done;
    }

    private CaAnswer enroll() throws CaException {
        CaCredentials credentials = CaCredentials.parse(request.authorization());
        EnrollmentRequest asked = CaForms.enrollment(request.requiredJson());
        X509Certificate certificate = authority.enroll(credentials.user(), credentials.secret(), asked);
        return CaAnswer.created(json -> new CaResults(json).enrolled(authority, certificate));
    }

    private CaAnswer reenroll() throws CaException {
        EnrollmentRequest asked = CaForms.enrollment(request.requiredJson());
        X509Certificate certificate = signed(session -> session.reenroll(asked));
        return CaAnswer.created(json -> new CaResults(json).enrolled(authority, certificate));
    }

    private CaAnswer register() throws CaException {
        CaJson body = request.requiredJson();
        RegistrationRequest asked = CaForms.registration(body.textOrEmpty("id"), body);
        CallerSession.Registered made = signed(session -> session.register(asked));
        return CaAnswer.created(json -> json.write("secret", made.secret())).at(place(made.identity()));
    }

    private static String place(RegisteredIdentity identity) {
        return "/api/v1/identities/" + URLEncoder.encode(identity.id().value(), StandardCharsets.UTF_8);
    }

    private CaAnswer revoke() throws CaException {
        RevocationRequest asked = CaForms.revocation(request.requiredJson());
        CallerSession.Revoked done = signedRevoking(session -> session.revoke(asked));
        return CaAnswer.ok(json -> new CaResults(json).revoked(done));
    }

    private CaAnswer revocationList() throws CaException {
        CaJson body = request.requiredJson();
        CertificateFilter filter = CertificateFilter.of(
                CaTimes.bounds(body, "expireafter", "expirebefore"),
                CaTimes.bounds(body, "revokedafter", "revokedbefore"));
        String list = signed(session -> session.revocationList(filter));
        return CaAnswer.ok(json -> json.write("CRL", CaResults.base64(list)));
    }

    private CaAnswer identities() throws CaException {
        List<RegisteredIdentity> all = signed(CallerSession::identities);
        return bounded(
                CaAnswer.ok(json -> {
                    new CaResults(json).identities(shown(all));
                    json.write("caname", authority.name().value());
                }),
                all);
    }

    private CaAnswer addIdentity() throws CaException {
        CaJson body = request.requiredJson();
        RegistrationRequest asked = CaForms.registration(body.textOrEmpty("id"), body);
        CallerSession.Registered made = signed(session -> session.register(asked));
        CaAnswer answer = identity(made.identity(), made.secret());
        return new CaAnswer(201, answer.result(), "", place(made.identity()));
    }

    private CaAnswer modifyIdentity() throws CaException {
        RegistrationRequest asked = CaForms.registration(request.name(), request.requiredJson());
        return identity(signed(session -> session.modify(asked)), asked.secret());
    }

    private CaAnswer removeIdentity() throws CaException {
        boolean force = request.flag("force");
        return identity(signedRevoking(session -> session.remove(request.name(), force)), "");
    }

    /** The secret is told only to whoever has just set it or had it made. */
    private CaAnswer identity(RegisteredIdentity identity, String secret) {
        return CaAnswer.ok(json -> {
            new CaResults(json).identity(identity);
            if (!secret.isEmpty()) {
                json.write("secret", secret);
            }
            json.write("caname", authority.name().value());
        });
    }

    private CaAnswer branch(CallerSession.Branch branch) {
        return CaAnswer.ok(json -> {
            new CaResults(json).branch(branch);
            json.write("caname", authority.name().value());
        });
    }

    private CaAnswer addAffiliation() throws CaException {
        String name = request.requiredJson().textOrEmpty("name");
        boolean force = request.flag("force") || request.json().flag("force");
        Affiliation added = signed(session -> session.addAffiliation(name, force));
        return CaAnswer.created(json -> json.write("name", added.value())
                .write("caname", authority.name().value()));
    }

    private CaAnswer renameAffiliation() throws CaException {
        String name = request.requiredJson().textOrEmpty("name");
        boolean force = request.flag("force");
        return branch(signed(session -> session.renameAffiliation(request.name(), name, force)));
    }

    private CaAnswer removeAffiliation() throws CaException {
        boolean force = request.flag("force");
        return branch(signedRevoking(session -> session.removeAffiliation(request.name(), force)));
    }

    private CaAnswer certificates() throws CaException {
        CertificateFilter filter = CaSearch.filter(request, Instant.now());
        List<IssuedCertificate> all = signed(session -> session.certificates(filter));
        return bounded(
                CaAnswer.ok(json -> {
                    new CaResults(json).certificates(shown(all));
                    json.write("caname", authority.name().value());
                }),
                all);
    }

    private static <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(all.size(), RegistryTables.MOST_ROWS));
    }

    private static CaAnswer bounded(CaAnswer answer, List<?> all) {
        return all.size() > RegistryTables.MOST_ROWS
                ? answer.withNote("There are more; these are the first " + RegistryTables.MOST_ROWS)
                : answer;
    }
}
