package org.jangbu.msp.renewal;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.jangbu.msp.crypto.KeyRequest;
import org.jangbu.msp.crypto.SigningKey;

/**
 * A request for a certificate that says what an earlier one says.
 *
 * @param pem PKCS #10, signed with the key the new certificate is for
 * @param hosts names and addresses it shall be valid for, as text
 * @param key what the new certificate must be for
 */
public record SigningRequest(String pem, List<String> hosts, PublicKey key) {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    public SigningRequest {
        hosts = List.copyOf(hosts);
    }

    /**
     * Subject and alternative names of a certificate, for a key.
     *
     * @param signing the private half of {@code key}
     */
    static SigningRequest like(X509Certificate former, PublicKey key, SigningKey signing) throws RenewalException {
        X500Name subject = X500Name.getInstance(former.getSubjectX500Principal().getEncoded());
        byte[] names = former.getExtensionValue(Extension.subjectAlternativeName.getId());
        List<Extension> extensions = names == null
                ? List.of()
                : List.of(new Extension(
                        Extension.subjectAlternativeName,
                        false,
                        ASN1OctetString.getInstance(names).getOctets()));
        try {
            return new SigningRequest(KeyRequest.pem(subject, key, signing, extensions), hosts(former), key);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new RenewalException("no request can be made: " + e.getMessage(), e);
        }
    }

    /** The host names and addresses of a certificate. */
    static List<String> hosts(X509Certificate certificate) throws RenewalException {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(ADDRESS))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new RenewalException("its alternative names cannot be read", e);
        }
    }
}
