package org.jangbu.msp.ca;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.LowSContentSigner;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SigningKey;
import org.jspecify.annotations.Nullable;

/** Somebody with a key, who does what Fabric CA's clients do. */
final class Client {
    private final CertificateAuthority authority;
    private final KeyPair keys;
    private X509Certificate certificate;

    private Client(CertificateAuthority authority, KeyPair keys, X509Certificate certificate) {
        this.authority = authority;
        this.keys = keys;
        this.certificate = certificate;
    }

    static Client enroll(CertificateAuthority authority, String id, String secret) throws Exception {
        KeyPair keys = newKeys(Curve.P256);
        X509Certificate certificate = authority.enroll(id, secret, request(csr("CN=" + id, keys)));
        return new Client(authority, keys, certificate);
    }

    /** Somebody who has a certificate already. */
    static Client of(CertificateAuthority authority, KeyPair keys, X509Certificate certificate) {
        return new Client(authority, keys, certificate);
    }

    static KeyPair newKeys(Curve curve) throws GeneralSecurityException {
        return CryptoProvider.ofThisServer().generate(curve);
    }

    X509Certificate certificate() {
        return certificate;
    }

    KeyPair keys() {
        return keys;
    }

    /** Goes on with another certificate for the same key. */
    void take(X509Certificate other) {
        certificate = other;
    }

    <T> T call(CertificateAuthority.Work<T> work) throws CaException {
        return authority.call(signed("POST", "/api/v1/any", "{}"), work);
    }

    SignedCall signed(String method, String uri, String body) {
        String text = base64(CertificateReader.pem(certificate));
        String signed = method + "." + base64(uri) + "." + base64(body) + "." + text;
        try {
            ByteString signature = SigningKey.of(keys.getPrivate()).sign(ByteString.copyFromUtf8(signed));
            String token = text + "." + Base64.getEncoder().encodeToString(signature.toByteArray());
            return new SignedCall(token, method, uri, ByteString.copyFromUtf8(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static EnrollmentRequest request(String csr) {
        return request(csr, "");
    }

    static EnrollmentRequest request(String csr, String profile) {
        return new EnrollmentRequest(csr, profile, List.of(), Optional.empty());
    }

    static String csr(String subject, KeyPair keys) throws Exception {
        return csr(subject, keys, keys, null);
    }

    static String csr(String subject, KeyPair keys, KeyPair signer, @Nullable Extensions extensions) throws Exception {
        PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(
                new X500Name(subject),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        if (extensions != null) {
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions);
        }
        byte[] der = builder.build(new LowSContentSigner(signer.getPrivate())).getEncoded();
        return pem("CERTIFICATE REQUEST", der);
    }

    static String pem(String label, byte[] der) throws IOException {
        return new Pem(label, ByteString.copyFrom(der)).text();
    }
}
