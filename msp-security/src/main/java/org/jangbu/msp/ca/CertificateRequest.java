package org.jangbu.msp.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.VerifyingKey;
import org.jspecify.annotations.Nullable;

/** A request for a certificate (PKCS #10) whose signature shows that the sender has the key. */
final class CertificateRequest {
    private static final int LONGEST = 16 * 1024;
    private static final Set<String> LABELS = Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    private static final Set<ASN1ObjectIdentifier> ALGORITHMS = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);
    /** Not registered with the platform. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private static final JcaPEMKeyConverter PUBLIC_KEYS = new JcaPEMKeyConverter().setProvider(PROVIDER);

    private final PKCS10CertificationRequest request;
    private final RequestedSubject subject;
    private final Optional<GeneralNames> hosts;
    private final boolean wantsAuthority;

    private CertificateRequest(PKCS10CertificationRequest request) throws CaException {
        this.request = request;
        this.subject = RequestedSubject.of(request.getSubject());
        Optional<Extensions> extensions = Optional.ofNullable(request.getRequestedExtensions());
        this.hosts = extensions.map(all -> GeneralNames.fromExtensions(all, Extension.subjectAlternativeName));
        this.wantsAuthority = extensions
                .map(BasicConstraints::fromExtensions)
                .map(BasicConstraints::isCA)
                .orElse(false);
    }

    /** @throws CaException if it is anything but one request, of a key on a {@link Curve}, signed with that key */
    static CertificateRequest parse(String pem) throws CaException {
        if (pem.length() > LONGEST) {
            throw bad("the request is longer than " + LONGEST + " characters", null);
        }
        try {
            Pem block = Pem.only(pem.getBytes(StandardCharsets.UTF_8));
            if (!LABELS.contains(block.type())) {
                throw bad("the PEM block is no certificate request", null);
            }
            PKCS10CertificationRequest request =
                    new PKCS10CertificationRequest(block.content().toByteArray());
            checkSignature(request);
            return new CertificateRequest(request);
        } catch (CaException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw bad(String.valueOf(e.getMessage()), e);
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            // Bouncy Castle tells of broken DER with unchecked exceptions of many kinds.
            throw bad("not a readable certificate request", e);
        }
    }

    private static void checkSignature(PKCS10CertificationRequest request)
            throws GeneralSecurityException, IOException, OperatorCreationException, PKCSException, CaException {
        ASN1ObjectIdentifier algorithm = request.getSignatureAlgorithm().getAlgorithm();
        Curve.of(request.getSubjectPublicKeyInfo().getAlgorithm());
        if (!ALGORITHMS.contains(algorithm)) {
            throw bad("the request is not signed with ECDSA and SHA-2", null);
        }
        PublicKey key = PUBLIC_KEYS.getPublicKey(request.getSubjectPublicKeyInfo());
        // The server's own provider tests that the point is on the curve.
        VerifyingKey.of(key);
        if (!request.isSignatureValid(
                new JcaContentVerifierProviderBuilder().setProvider(PROVIDER).build(key))) {
            throw new InvalidKeyException("the request is not signed with its own key");
        }
    }

    private static CaException bad(String reason, @Nullable Exception cause) {
        CaException refusal = CaException.of(400, CaError.BAD_CSR, "CSR Decode failed: " + reason);
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    RequestedSubject subject() {
        return subject;
    }

    SubjectPublicKeyInfo key() {
        return request.getSubjectPublicKeyInfo();
    }

    /** Names and addresses that it asks for. */
    Optional<GeneralNames> hosts() {
        return hosts;
    }

    /** Whether it asks to become an authority. */
    boolean wantsAuthority() {
        return wantsAuthority;
    }
}
