package org.jangbu.web.ca;

import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CallerSession;

/** The calls about the tree of affiliations. */
final class AffiliationCalls {
    private final CaCall call;

    AffiliationCalls(CaCall call) {
        this.call = call;
    }

    /** @param method and whether a name follows, for example {@code GET /} */
    CaAnswer answer(String method) throws CaException {
        return switch (method) {
            case "GET" -> branch(call.signed(CallerSession::affiliations));
            case "GET /" ->
                branch(call.signed(session -> session.affiliation(call.request().name())));
            case "POST" -> addAffiliation();
            case "PUT /" -> renameAffiliation();
            case "DELETE /" -> removeAffiliation();
            default -> throw CaCalls.notAllowed(call.request());
        };
    }

    private CaAnswer branch(CallerSession.Branch branch) {
        return CaAnswer.ok(json -> {
            new CaResults(json).branch(branch);
            json.write("caname", call.authority().name().value());
        });
    }

    private CaAnswer addAffiliation() throws CaException {
        String name = call.request().requiredJson().textOrEmpty("name");
        boolean force = call.request().flag("force") || call.request().json().flag("force");
        Affiliation added = call.signed(session -> session.addAffiliation(name, force));
        return CaAnswer.created(json -> json.write("name", added.value())
                .write("caname", call.authority().name().value()));
    }

    private CaAnswer renameAffiliation() throws CaException {
        String name = call.request().requiredJson().textOrEmpty("name");
        boolean force = call.request().flag("force");
        return branch(
                call.signed(session -> session.renameAffiliation(call.request().name(), name, force)));
    }

    private CaAnswer removeAffiliation() throws CaException {
        boolean force = call.request().flag("force");
        return branch(call.signedRevoking(
                session -> session.removeAffiliation(call.request().name(), force)));
    }
}
