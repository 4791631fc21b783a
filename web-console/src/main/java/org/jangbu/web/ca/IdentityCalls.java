package org.jangbu.web.ca;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CallerSession;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.ca.RegistrationRequest;

/** The calls about those who are registered. */
final class IdentityCalls {
    private final CaCall call;

    IdentityCalls(CaCall call) {
        this.call = call;
    }

    /** @param method and whether a name follows, for example {@code GET /} */
    CaAnswer answer(String method) throws CaException {
        return switch (method) {
            case "GET" -> identities();
            case "POST" -> addIdentity();
            case "GET /" ->
                identity(call.signed(session -> session.identity(call.request().name())), "");
            case "PUT /" -> modifyIdentity();
            case "DELETE /" -> removeIdentity();
            default -> throw CaCalls.notAllowed(call.request());
        };
    }

    CaAnswer register() throws CaException {
        CaJson body = call.request().requiredJson();
        RegistrationRequest asked = CaForms.registration(body.textOrEmpty("id"), body);
        CallerSession.Registered made = call.signed(session -> session.register(asked));
        return CaAnswer.created(json -> json.write("secret", made.secret())).at(place(made.identity()));
    }

    private static String place(RegisteredIdentity identity) {
        return "/api/v1/identities/" + URLEncoder.encode(identity.id().value(), StandardCharsets.UTF_8);
    }

    private CaAnswer identities() throws CaException {
        List<RegisteredIdentity> all = call.signed(CallerSession::identities);
        return CaCall.bounded(
                CaAnswer.ok(json -> {
                    new CaResults(json).identities(CaCall.shown(all));
                    json.write("caname", call.authority().name().value());
                }),
                all);
    }

    private CaAnswer addIdentity() throws CaException {
        CaJson body = call.request().requiredJson();
        RegistrationRequest asked = CaForms.registration(body.textOrEmpty("id"), body);
        CallerSession.Registered made = call.signed(session -> session.register(asked));
        CaAnswer answer = identity(made.identity(), made.secret());
        return new CaAnswer(201, answer.result(), "", place(made.identity()));
    }

    private CaAnswer modifyIdentity() throws CaException {
        RegistrationRequest asked =
                CaForms.registration(call.request().name(), call.request().requiredJson());
        return identity(call.signed(session -> session.modify(asked)), asked.secret());
    }

    private CaAnswer removeIdentity() throws CaException {
        boolean force = call.request().flag("force");
        return identity(
                call.signedRevoking(session -> session.remove(call.request().name(), force)), "");
    }

    /** The secret is told only to whoever has just set it or had it made. */
    private CaAnswer identity(RegisteredIdentity identity, String secret) {
        return CaAnswer.ok(json -> {
            new CaResults(json).identity(identity);
            if (!secret.isEmpty()) {
                json.write("secret", secret);
            }
            json.write("caname", call.authority().name().value());
        });
    }
}
