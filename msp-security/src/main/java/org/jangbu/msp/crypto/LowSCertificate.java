package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A certificate as Fabric compares and hashes it. The twin of its issuer's signature would verify as well, so Fabric replaces a high s by
 * the low one first.
 */
public final class LowSCertificate {
    private LowSCertificate() {}

    /**
     * The certificate's bytes, with low s where its issuer signed with ECDSA.
     *
     * @param issuer whose key signed it
     */
    public static ByteString encoded(X509Certificate certificate, X509Certificate issuer)
            throws CertificateException, InvalidKeyException {
        byte[] encoded = certificate.getEncoded();
        if (!certificate.getSigAlgName().endsWith("withECDSA")) {
            return ByteString.copyFrom(encoded);
        }
        Curve curve =
                Curve.of(SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded())
                        .getAlgorithm());
        EcdsaSignature signature = EcdsaSignature.parse(certificate.getSignature())
                .orElseThrow(() -> new CertificateEncodingException("the signature is not DER"));
        if (signature.isLow(curve)) {
            return ByteString.copyFrom(encoded);
        }
        return ByteString.copyFrom(withSignature(Certificate.getInstance(encoded), signature.low(curve)));
    }

    private static byte[] withSignature(Certificate certificate, EcdsaSignature signature) throws CertificateException {
        ASN1EncodableVector parts = new ASN1EncodableVector(3);
        parts.add(certificate.getTBSCertificate());
        parts.add(certificate.getSignatureAlgorithm());
        parts.add(new DERBitString(signature.der()));
        try {
            return new DERSequence(parts).getEncoded();
        } catch (IOException e) {
            throw new CertificateEncodingException("the certificate cannot be written", e);
        }
    }
}
