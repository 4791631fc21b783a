package org.jangbu.web.ca;

import jakarta.json.stream.JsonGenerator;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.Attribute;
import org.jangbu.msp.ca.CallerSession;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.IssuedCertificate;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.crypto.CertificateReader;

/** Writes what authorities say, under the names that Fabric CA's clients read. */
final class CaResults {
    /** The version of Fabric CA whose interface this is. */
    private static final String VERSION = "1.5.15";

    private final JsonGenerator json;

    CaResults(JsonGenerator json) {
        this.json = json;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty strings for keys that are there only with Idemix: some clients cannot take null. */
    void about(CertificateAuthority authority) {
        json.write("CAName", authority.name().value())
                .write("CAChain", base64(authority.certificate().pem()))
                .write("IssuerPublicKey", "")
                .write("IssuerRevocationPublicKey", "")
                .write("Version", VERSION);
    }

    void enrolled(CertificateAuthority authority, X509Certificate certificate) {
        json.write("Cert", base64(CertificateReader.pem(certificate)));
        json.writeStartObject("ServerInfo");
        about(authority);
        json.writeEnd();
    }

    void identity(RegisteredIdentity identity) {
        json.write("id", identity.id().value())
                .write("type", identity.type().value())
                .write("affiliation", identity.affiliation().value());
        json.writeStartArray("attrs");
        identity.attributes().all().forEach(this::attribute);
        json.writeEnd().write("max_enrollments", identity.maxEnrollments());
    }

    private void attribute(Attribute attribute) {
        json.writeStartObject().write("name", attribute.name()).write("value", attribute.value());
        if (attribute.inCertificate()) {
            json.write("ecert", true);
        }
        json.writeEnd();
    }

    void identities(List<RegisteredIdentity> identities) {
        json.writeStartArray("identities");
        for (RegisteredIdentity identity : identities) {
            json.writeStartObject();
            identity(identity);
            json.writeEnd();
        }
        json.writeEnd();
    }

    void revoked(CallerSession.Revoked revoked) {
        json.writeStartArray("RevokedCerts");
        for (IssuedCertificate certificate : revoked.certificates()) {
            json.writeStartObject()
                    .write("Serial", certificate.serial())
                    .write("AKI", certificate.authorityKey())
                    .writeEnd();
        }
        json.writeEnd().write("CRL", base64(revoked.list()));
    }

    void certificates(List<IssuedCertificate> certificates) {
        json.writeStartArray("certs");
        certificates.forEach(certificate ->
                json.writeStartObject().write("PEM", certificate.pem()).writeEnd());
        json.writeEnd();
    }

    /** A tree: each affiliation holds those right below it, and those of its identities that were touched. */
    void branch(CallerSession.Branch branch) {
        List<Affiliation> all = branch.affiliations();
        List<Affiliation> tops =
                all.stream().filter(one -> !all.contains(one.parent())).toList();
        if (tops.size() == 1) {
            members(tops.get(0), branch);
        } else {
            json.write("name", "");
            children(tops, branch);
        }
    }

    private void members(Affiliation place, CallerSession.Branch branch) {
        json.write("name", place.value());
        children(
                branch.affiliations().stream()
                        .filter(one -> one.parent().equals(place))
                        .toList(),
                branch);
        List<RegisteredIdentity> here = branch.identities().stream()
                .filter(identity -> identity.affiliation().equals(place))
                .toList();
        if (!here.isEmpty()) {
            identities(here);
        }
    }

    private void children(List<Affiliation> places, CallerSession.Branch branch) {
        if (places.isEmpty()) {
            return;
        }
        json.writeStartArray("affiliations");
        for (Affiliation place : places) {
            json.writeStartObject();
            members(place, branch);
            json.writeEnd();
        }
        json.writeEnd();
    }
}
