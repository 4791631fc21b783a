package org.jangbu.msp.renewal.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.jangbu.model.Quoted;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.renewal.RenewalException;

/** What an authority has answered: {@code result} where {@code success} is true, else {@code errors}. */
final class CaAnswer {
    private CaAnswer() {}

    /** The certificate that was issued. */
    static X509Certificate certificate(int status, byte[] body) throws RenewalException {
        JsonObject answer = parse(status, body);
        if (status / 100 != 2 || !answer.getBoolean("success", false)) {
            throw new RenewalException("the authority answers " + status + reason(answer));
        }
        JsonValue result = answer.get("result");
        if (!(result instanceof JsonObject object) || !(object.get("Cert") instanceof JsonString certificate)) {
            throw new RenewalException("the authority's answer holds no certificate");
        }
        try {
            return CertificateReader.only(Base64.getDecoder().decode(certificate.getString()));
        } catch (IllegalArgumentException | CertificateException e) {
            throw new RenewalException("the authority's answer holds no readable certificate: " + e.getMessage(), e);
        }
    }

    private static JsonObject parse(int status, byte[] body) throws RenewalException {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            // Parsers tell in many ways: broken text, a text that ends too early, one too deep.
            throw new RenewalException("the authority answers " + status + ", and no JSON", e);
        }
    }

    /** The first error, in the authority's words. */
    private static String reason(JsonObject answer) {
        if (answer.get("errors") instanceof JsonArray errors
                && !errors.isEmpty()
                && errors.get(0) instanceof JsonObject error) {
            return " (" + Quoted.brief(String.valueOf(error.get("code"))) + ": "
                    + Quoted.brief(String.valueOf(error.get("message"))) + ")";
        }
        return "";
    }
}
