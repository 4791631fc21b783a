package org.jangbu.msp.ca;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.crypto.VerifyingKey;

/** Who an authority is: its certificate, those above it up to the root, and its key. */
public final class AuthorityCertificate {
    private static final int SIGNS_CERTIFICATES = 5;
    private static final int SIGNS_LISTS = 6;

    private final List<X509Certificate> chain;
    private final SigningKey key;
    private final byte[] keyIdentifier;

    /**
     * Takes over certificate and key.
     *
     * @param chain the authority's own certificate first, the root last
     * @throws GeneralSecurityException if the chain does not hold, the key belongs to another certificate, or the certificate may not sign
     *     certificates and revocation lists
     */
    public AuthorityCertificate(List<X509Certificate> chain, SigningKey key) throws GeneralSecurityException {
        this.chain = List.copyOf(chain);
        this.key = key;
        if (chain.isEmpty()) {
            throw new CertificateException("there is no certificate");
        }
        for (int i = 0; i < chain.size(); i++) {
            requireIssued(chain.get(i), chain.get(Math.min(i + 1, chain.size() - 1)), i);
        }
        X509Certificate own = own();
        boolean[] uses = own.getKeyUsage();
        if (!CertificateExtensions.isCa(own) || uses == null || !uses[SIGNS_CERTIFICATES] || !uses[SIGNS_LISTS]) {
            throw new CertificateException("the certificate is not one of an authority");
        }
        if (!key.belongsTo(VerifyingKey.of(own.getPublicKey()))) {
            throw new GeneralSecurityException("the key does not belong to the authority's certificate");
        }
        this.keyIdentifier = CertificateExtensions.subjectKeyIdentifier(own)
                .orElseThrow(() -> new CertificateException("the certificate has no subject key identifier"));
    }

    /** @param below how many authorities stand between the issuer and whom the first of the chain certifies, itself included */
    private static void requireIssued(X509Certificate certificate, X509Certificate issuer, int below)
            throws GeneralSecurityException {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw new CertificateException("the chain does not hold, or does not end at a root");
        }
        if (certificate.getBasicConstraints() < below) {
            throw new CertificateException("a certificate of the chain may not have so many authorities below it");
        }
        CryptoProvider.ofThisServer().verify(certificate, issuer.getPublicKey());
    }

    /** Its own certificate. */
    public X509Certificate own() {
        return chain.get(0);
    }

    /** The chain as PEM, its own certificate first. */
    public String pem() {
        StringBuilder all = new StringBuilder();
        chain.forEach(certificate -> all.append(CertificateReader.pem(certificate)));
        return all.toString();
    }

    /** The identifier of its key, which certificates name as authority key identifier. */
    public byte[] keyIdentifier() {
        return Arrays.copyOf(keyIdentifier, keyIdentifier.length);
    }

    SigningKey key() {
        return key;
    }

    X500Name name() {
        return X500Name.getInstance(own().getSubjectX500Principal().getEncoded());
    }

    /** Whether an authority may stand below it. */
    boolean mayIssueAuthorities() {
        return own().getBasicConstraints() > 0;
    }
}
