package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates and revocation lists. */
public final class CertificateReader {
    private CertificateReader() {}

    /**
     * The one certificate that a PEM text consists of.
     *
     * @throws CertificateException if it is anything else
     */
    public static X509Certificate only(byte[] pem) throws CertificateException {
        try {
            Pem block = Pem.only(pem);
            if (!block.type().equals("CERTIFICATE")) {
                throw new CertificateException("the PEM block is a " + block.type() + ", not a CERTIFICATE");
            }
            return der(block.content().toByteArray());
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    /**
     * The first certificate in a PEM text, whatever stands around it: files written by tools often begin with a description.
     *
     * @throws CertificateException if there is none
     */
    public static X509Certificate first(byte[] pem) throws CertificateException {
        try {
            for (Pem block : Pem.blocks(pem)) {
                if (block.type().equals("CERTIFICATE")) {
                    return der(block.content().toByteArray());
                }
            }
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
        throw new CertificateException("no certificate in the text");
    }

    /**
     * All certificates of a PEM text that holds nothing else, in their order.
     *
     * @throws CertificateException if there is none, or something else
     */
    public static List<X509Certificate> all(byte[] pem) throws CertificateException {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Pem block : Pem.blocks(pem)) {
                if (!block.type().equals("CERTIFICATE")) {
                    throw new CertificateException("a PEM block is a " + block.type() + ", not a CERTIFICATE");
                }
                certificates.add(der(block.content().toByteArray()));
            }
            if (certificates.isEmpty()) {
                throw new CertificateException("no certificate in the text");
            }
            return certificates;
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    /** A certificate in DER with nothing behind it. */
    public static X509Certificate der(byte[] der) throws CertificateException {
        ByteArrayInputStream in = new ByteArrayInputStream(der);
        X509Certificate certificate = (X509Certificate) factory().generateCertificate(in);
        if (in.available() > 0) {
            throw new CertificateException("bytes behind the certificate");
        }
        return certificate;
    }

    /** A revocation list, PEM or DER. */
    public static X509CRL revocationList(byte[] pemOrDer) throws CertificateException, CRLException {
        return (X509CRL) factory().generateCRL(new ByteArrayInputStream(pemOrDer));
    }

    /** The certificate as PEM text. */
    public static String pem(X509Certificate certificate) {
        return new Pem("CERTIFICATE", encoded(certificate)).text();
    }

    /** The certificate in DER. */
    public static ByteString encoded(X509Certificate certificate) {
        try {
            return ByteString.copyFrom(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
