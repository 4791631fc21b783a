package org.jangbu.msp.crypto;

import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** What an MSP asks of certificates and Java does not tell. */
public final class CertificateExtensions {
    private CertificateExtensions() {}

    /** The subject key identifier; empty if there is none. */
    public static Optional<byte[]> subjectKeyIdentifier(X509Certificate certificate) throws CertificateException {
        Optional<byte[]> extension = extension(certificate, Extension.subjectKeyIdentifier.getId());
        if (extension.isEmpty()) {
            return extension;
        }
        try {
            return Optional.of(ASN1OctetString.getInstance(extension.get()).getOctets());
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the subject key identifier is not readable", e);
        }
    }

    /** The key identifier of the authority key identifier of a revocation list; empty if there is none. */
    public static Optional<byte[]> authorityKeyIdentifier(X509CRL revocationList) throws CertificateException {
        Optional<byte[]> extension = extension(revocationList, Extension.authorityKeyIdentifier.getId());
        if (extension.isEmpty()) {
            return extension;
        }
        try {
            return Optional.ofNullable(
                            AuthorityKeyIdentifier.getInstance(extension.get()).getKeyIdentifierObject())
                    .map(ASN1OctetString::getOctets);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the authority key identifier is not readable", e);
        }
    }

    /** The number of a revocation list, which grows with each list of an issuer; empty if it has none. */
    public static Optional<BigInteger> revocationListNumber(X509CRL revocationList) throws CertificateException {
        Optional<byte[]> extension = extension(revocationList, Extension.cRLNumber.getId());
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ASN1Integer.getInstance(extension.get()).getValue());
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the number of the revocation list is not readable", e);
        }
    }

    /** Whether it may sign certificates. */
    public static boolean isCa(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** The organisational units of the subject, in the certificate's order. */
    public static List<String> organizationalUnits(X509Certificate certificate) {
        List<String> units = new ArrayList<>();
        for (RDN rdn : subject(certificate).getRDNs(BCStyle.OU)) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.OU)) {
                    units.add(IETFUtils.valueToString(attribute.getValue()));
                }
            }
        }
        return units;
    }

    /** The common name of the subject; empty if there is none. */
    public static Optional<String> commonName(X509Certificate certificate) {
        RDN[] names = subject(certificate).getRDNs(BCStyle.CN);
        return names.length == 0
                ? Optional.empty()
                : Optional.of(IETFUtils.valueToString(names[0].getFirst().getValue()));
    }

    private static X500Name subject(X509Certificate certificate) {
        X500Principal subject = certificate.getSubjectX500Principal();
        return X500Name.getInstance(subject.getEncoded());
    }

    /** The content of an extension, without the octet string around it. */
    private static Optional<byte[]> extension(X509Extension of, String oid) throws CertificateException {
        byte[] wrapped = of.getExtensionValue(oid);
        if (wrapped == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ASN1OctetString.getInstance(wrapped).getOctets());
        } catch (IllegalArgumentException e) {
            throw new CertificateException("extension " + oid + " is not readable", e);
        }
    }
}
