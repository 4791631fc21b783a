package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * Whoever signed: the MSP and what the certificate says. Unjudged: only validation knows whether it was good.
 *
 * @param subject distinguished name (RFC 2253); empty where there is no readable certificate
 * @param issuer distinguished name of the CA
 * @param serialNumber of the certificate, lower-case hex
 */
public record IdentityView(
        String mspId, Optional<String> subject, Optional<String> issuer, Optional<String> serialNumber) {

    /** Takes a {@code SerializedIdentity} apart; bytes that are none become an identity without MSP. */
    public static IdentityView of(ByteString serialized) {
        try {
            SerializedIdentity identity = SerializedIdentity.parseFrom(serialized);
            return of(identity.getMspid(), identity.getIdBytes());
        } catch (InvalidProtocolBufferException e) {
            return bare("");
        }
    }

    /** The common name within the subject, or the whole subject: short enough for a table. */
    public String shortName() {
        return subject.map(IdentityView::commonName).orElse("?");
    }

    private static IdentityView of(String mspId, ByteString pem) {
        try {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem.newInput());
            return new IdentityView(
                    mspId,
                    Optional.of(certificate.getSubjectX500Principal().getName()),
                    Optional.of(certificate.getIssuerX500Principal().getName()),
                    Optional.of(certificate.getSerialNumber().toString(16)));
        } catch (CertificateException e) {
            return bare(mspId);
        }
    }

    private static IdentityView bare(String mspId) {
        return new IdentityView(mspId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String commonName(String subject) {
        for (String part : subject.split("(?<!\\\\),", -1)) {
            if (part.startsWith("CN=")) {
                return part.substring("CN=".length());
            }
        }
        return subject;
    }
}
