package org.jangbu.web.ca;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CallerSession;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.CertificateFilter;
import org.jangbu.msp.ca.EnrollmentRequest;
import org.jangbu.msp.ca.IssuedCertificate;
import org.jangbu.msp.ca.RevocationRequest;

/** The calls of the interface: each reads its request, has the authority do it, and says what came of it. */
final class CaCalls {
    private final CaCall call;
    private final IdentityCalls identities;

    CaCalls(CertificateAuthority authority, CaRequest request, Runnable revoked) {
        this.call = new CaCall(authority, request, revoked);
        this.identities = new IdentityCalls(call);
    }

    CaAnswer answer() throws CaException {
        CaRequest request = call.request();
        String method = request.method() + (request.name().isEmpty() ? "" : " /");
        return switch (request.endpoint()) {
            case "identities" -> identities.answer(method);
            case "affiliations" -> new AffiliationCalls(call).answer(method);
            case "idemix" -> throw CaException.of(501, CaError.UNKNOWN, "Idemix is not supported");
            default -> answer(method + " " + request.endpoint());
        };
    }

    private CaAnswer answer(String what) throws CaException {
        return switch (what) {
            case "GET cainfo", "HEAD cainfo", "POST cainfo" ->
                CaAnswer.ok(json -> new CaResults(json).about(call.authority()));
            case "POST enroll" -> enroll();
            case "POST reenroll" -> reenroll();
            case "POST register" -> identities.register();
            case "POST revoke" -> revoke();
            case "POST gencrl" -> revocationList();
            case "GET certificates" -> certificates();
            default -> throw notAllowed(call.request());
        };
    }

    static CaException notAllowed(CaRequest request) {
        return CaException.of(405, CaError.METHOD_NOT_ALLOWED, "Method " + request.method() + " is not allowed here");
    }

    private CaAnswer enroll() throws CaException {
        CaCredentials credentials = CaCredentials.parse(call.request().authorization());
        EnrollmentRequest asked = CaForms.enrollment(call.request().requiredJson());
        X509Certificate certificate = call.authority().enroll(credentials.user(), credentials.secret(), asked);
        return CaAnswer.created(json -> new CaResults(json).enrolled(call.authority(), certificate));
    }

    private CaAnswer reenroll() throws CaException {
        EnrollmentRequest asked = CaForms.enrollment(call.request().requiredJson());
        X509Certificate certificate = call.signed(session -> session.reenroll(asked));
        return CaAnswer.created(json -> new CaResults(json).enrolled(call.authority(), certificate));
    }

    private CaAnswer revoke() throws CaException {
        RevocationRequest asked = CaForms.revocation(call.request().requiredJson());
        CallerSession.Revoked done = call.signedRevoking(session -> session.revoke(asked));
        return CaAnswer.ok(json -> new CaResults(json).revoked(done));
    }

    private CaAnswer revocationList() throws CaException {
        CaJson body = call.request().requiredJson();
        CertificateFilter filter = CertificateFilter.of(
                CaTimes.bounds(body, "expireafter", "expirebefore"),
                CaTimes.bounds(body, "revokedafter", "revokedbefore"));
        String list = call.signed(session -> session.revocationList(filter));
        return CaAnswer.ok(json -> json.write("CRL", CaResults.base64(list)));
    }

    private CaAnswer certificates() throws CaException {
        CertificateFilter filter = CaSearch.filter(call.request(), Instant.now());
        List<IssuedCertificate> all = call.signed(session -> session.certificates(filter));
        return CaCall.bounded(
                CaAnswer.ok(json -> {
                    new CaResults(json).certificates(CaCall.shown(all));
                    json.write("caname", call.authority().name().value());
                }),
                all);
    }
}
