package org.jangbu.cli.ca;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeyRequest;

/** A fresh key and a certificate for it, asked for with whatever proves who is asking. */
final class Enrolment {
    private Enrolment() {}

    static Output.Facts of(
            CaOptions options,
            CertificateOptions wanted,
            String id,
            Function<Map<String, JsonValue>, JsonObject> call) {
        EnrolledFolder folder = new EnrolledFolder(options.mspDir());
        KeyPair keys = keys();
        Map<String, JsonValue> members = options.members();
        members.put("certificate_request", new JsonText(request(id, keys)));
        wanted.addTo(members);
        folder.keep(keys);
        JsonObject result = call.apply(members);
        Optional<JsonObject> server =
                result.member("ServerInfo").filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
        server.ifPresent(
                info -> folder.authorities(RestAnswer.base64(info, "CAChain").toByteArray(), options.fileName()));
        Path certificate = folder.certificate(RestAnswer.base64(result, "Cert").toByteArray(), keys);
        return new Output.Facts()
                .with("id", id)
                .with("mspDir", options.mspDir().toString())
                .with("certificate", certificate.toString());
    }

    private static KeyPair keys() {
        try {
            return CryptoProvider.ofThisServer().generate(Curve.P256);
        } catch (GeneralSecurityException e) {
            throw CommandFailure.of(ExitCode.FAULT, "no key can be made: " + e.getMessage(), e);
        }
    }

    private static String request(String id, KeyPair keys) {
        try {
            return KeyRequest.pem(id, keys);
        } catch (GeneralSecurityException e) {
            throw CommandFailure.of(ExitCode.FAULT, "no request can be made: " + e.getMessage(), e);
        }
    }
}
