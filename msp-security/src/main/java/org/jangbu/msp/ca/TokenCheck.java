package org.jangbu.msp.ca;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.VerifyingKey;

/**
 * Finds out who sent a signed call. The signature covers method, address, body and certificate, so a token is good for nothing else than the
 * call that it came with; and the certificate must be one that this authority has issued and not revoked.
 */
final class TokenCheck {
    /** A certificate with many attributes, and a signature. */
    private static final int LONGEST = 16 * 1024;

    private final AuthorityCertificate authority;
    private final Clock clock;

    TokenCheck(AuthorityCertificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /** The signature alone: what can be judged without the registry. */
    X509Certificate signer(SignedCall call) throws CaException {
        String[] parts = call.token().split("\\.", -1);
        if (call.token().length() > LONGEST || parts.length != 2) {
            throw refused(CaError.INVALID_TOKEN, "the token is no certificate and signature");
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            X509Certificate certificate = CertificateReader.only(base64.decode(parts[0]));
            ByteString signature = ByteString.copyFrom(base64.decode(parts[1]));
            if (!VerifyingKey.of(certificate.getPublicKey()).verifies(signature, signed(call, parts[0]))) {
                throw refused(CaError.INVALID_TOKEN, "the token is not signed for this call");
            }
            checkIssuer(certificate);
            return certificate;
        } catch (IllegalArgumentException | CertificateException | InvalidKeyException e) {
            throw refused(CaError.INVALID_TOKEN, "the token is not readable: " + e.getMessage());
        }
    }

    private static ByteString signed(SignedCall call, String certificate) {
        Base64.Encoder base64 = Base64.getEncoder();
        return ByteString.copyFromUtf8(call.method()
                + "."
                + base64.encodeToString(call.uri().getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(call.body().toByteArray())
                + "."
                + certificate);
    }

    private void checkIssuer(X509Certificate certificate) throws CaException {
        try {
            CryptoProvider.ofThisServer().verify(certificate, authority.own().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw refused(CaError.UNTRUSTED_CERTIFICATE, "the certificate is not of this authority");
        }
        Instant now = clock.instant();
        if (now.isAfter(certificate.getNotAfter().toInstant())
                || now.isBefore(certificate.getNotBefore().toInstant())) {
            throw refused(CaError.CERTIFICATE_EXPIRED, "the certificate is expired or not yet valid");
        }
    }

    /** Whom the registry knows by that certificate. */
    Caller caller(RegistryTables tables, X509Certificate certificate) throws CaException {
        BigInteger number = certificate.getSerialNumber();
        String authorityKey = Texts.hexadecimal(HexFormat.of().formatHex(authority.keyIdentifier()));
        IssuedCertificate issued = tables.certificate(IssuedCertificate.serial(number), authorityKey)
                .orElseThrow(() -> refused(CaError.CERTIFICATE_NOT_FOUND, "the certificate is not in the registry"));
        if (issued.revocation().isPresent()) {
            throw refused(CaError.CERTIFICATE_REVOKED, "the certificate of " + issued.owner() + " is revoked");
        }
        RegisteredIdentity identity = tables.identity(issued.owner())
                .orElseThrow(() -> refused(CaError.INVALID_ID, issued.owner() + " is not registered any more"));
        if (identity.revoked()) {
            throw refused(CaError.REVOKED_ID, issued.owner() + " is revoked");
        }
        return new Caller(identity, issued);
    }

    private static CaException refused(CaError error, String message) {
        return CaException.authentication(error, message);
    }

    /** Who calls, and by which certificate. */
    record Caller(RegisteredIdentity identity, IssuedCertificate certificate) {}
}
