package org.jangbu.msp.confidential;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.jangbu.msp.confidential.ConfidentialException.Reason;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.crypto.VerifyingKey;

/**
 * CMS AuthEnvelopedData (RFC 5083, 5084, 5753) in DER: the content under a fresh AES-256-GCM key, that key wrapped (AES-256) for each
 * recipient under what ECDH with a fresh key of the same curve and SHA-256 gives. OpenSSL reads it and writes what is read here. It is
 * confidential and whole, and tells nothing of who wrote it: sign it if that matters.
 */
public final class ConfidentialMessage {
    /** The longest content: it is held in memory more than once. */
    public static final int MAX_CONTENT = 64 << 20;
    /** The most who can read one message. */
    public static final int MAX_RECIPIENTS = 1000;

    private static final int MAX_MESSAGE = MAX_CONTENT + MAX_RECIPIENTS * 1024 + 4096;
    /** An instance of our own: nothing is registered with the platform. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private ConfidentialMessage() {}

    /**
     * Encrypts.
     *
     * @param recipients whose holders can read it; P-256 and P-384 keys, mixed at will
     * @throws ConfidentialException MALFORMED if there is nobody to read it, too many, or the content is too long; UNUSABLE_KEY
     */
    public static byte[] encrypt(byte[] content, Collection<X509Certificate> recipients) throws ConfidentialException {
        Set<X509Certificate> distinct = new LinkedHashSet<>(recipients);
        if (distinct.isEmpty() || distinct.size() > MAX_RECIPIENTS) {
            throw new ConfidentialException(Reason.MALFORMED, "a message has 1 to " + MAX_RECIPIENTS + " recipients");
        }
        if (content.length > MAX_CONTENT) {
            throw new ConfidentialException(Reason.MALFORMED, "the content is longer than " + MAX_CONTENT + " bytes");
        }
        Map<Curve, JceKeyAgreeRecipientInfoGenerator> agreements = new EnumMap<>(Curve.class);
        try {
            for (X509Certificate recipient : distinct) {
                Curve curve = VerifyingKey.of(recipient.getPublicKey()).curve();
                JceKeyAgreeRecipientInfoGenerator agreement = agreements.get(curve);
                if (agreement == null) {
                    agreement = agreement(curve);
                    agreements.put(curve, agreement);
                }
                agreement.addRecipient(recipient);
            }
            CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
            agreements.values().forEach(generator::addRecipientInfoGenerator);
            OutputAEADEncryptor cipher =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(PROVIDER)
                            .build();
            return generator
                    .generate(new CMSProcessableByteArray(content), cipher)
                    .toASN1Structure()
                    .getEncoded("DER");
        } catch (InvalidKeyException e) {
            throw new ConfidentialException(
                    Reason.UNUSABLE_KEY, "a recipient's key cannot be used: " + e.getMessage(), e);
        } catch (CMSException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the crypto provider failed", e);
        }
    }

    /**
     * Decrypts.
     *
     * @param own of whoever the message is for; it tells which part of it is his
     * @param key the certificate's other half
     * @throws ConfidentialException if it cannot be read; nothing of a message that was changed is handed out
     */
    public static byte[] decrypt(byte[] message, X509Certificate own, SigningKey key) throws ConfidentialException {
        RecipientInformation part = partFor(own, parse(message));
        try {
            byte[] content = part.getContent(new JceKeyAgreeAuthEnvelopedRecipient(privateKey(key))
                    .setProvider(PROVIDER)
                    .setContentProvider(PROVIDER));
            if (content.length > MAX_CONTENT) {
                throw new ConfidentialException(Reason.MALFORMED, "the content is longer than may be");
            }
            return content;
        } catch (CMSException | IllegalArgumentException | IllegalStateException e) {
            throw new ConfidentialException(Reason.UNREADABLE, "the key is another one, or the message was changed", e);
        }
    }

    private static CMSAuthEnvelopedData parse(byte[] message) throws ConfidentialException {
        if (message.length > MAX_MESSAGE) {
            throw new ConfidentialException(Reason.MALFORMED, "the message is longer than " + MAX_MESSAGE + " bytes");
        }
        try {
            CMSAuthEnvelopedData parsed = new CMSAuthEnvelopedData(message);
            requireOurForm(parsed.toASN1Structure());
            if (parsed.getRecipientInfos().size() > MAX_RECIPIENTS) {
                throw new ConfidentialException(Reason.MALFORMED, "more than " + MAX_RECIPIENTS + " recipients");
            }
            return parsed;
        } catch (CMSException | RuntimeException e) {
            // The parser says by every kind of exception that bytes are not what it expects.
            throw new ConfidentialException(Reason.MALFORMED, "not CMS AuthEnvelopedData", e);
        }
    }

    /** What is not under the key, a stranger can change: it must say what it always says. */
    private static void requireOurForm(ContentInfo outer) throws ConfidentialException {
        AuthEnvelopedData inner = AuthEnvelopedData.getInstance(outer.getContent());
        EncryptedContentInfo content = inner.getAuthEncryptedContentInfo();
        if (!CMSObjectIdentifiers.authEnvelopedData.equals(outer.getContentType())
                || !CMSObjectIdentifiers.data.equals(content.getContentType())
                || !CMSAlgorithm.AES256_GCM.equals(
                        content.getContentEncryptionAlgorithm().getAlgorithm())
                || inner.getAuthAttrs() != null
                || inner.getUnauthAttrs() != null) {
            throw new ConfidentialException(Reason.MALFORMED, "not data under AES-256-GCM alone");
        }
    }

    private static RecipientInformation partFor(X509Certificate own, CMSAuthEnvelopedData message)
            throws ConfidentialException {
        RecipientInformation part = message.getRecipientInfos().get(new JceKeyAgreeRecipientId(own));
        if (part == null) {
            throw new ConfidentialException(
                    Reason.NOT_A_RECIPIENT, "the message is not for " + own.getSubjectX500Principal());
        }
        return part;
    }

    private static JceKeyAgreeRecipientInfoGenerator agreement(Curve curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
        generator.initialize(new ECGenParameterSpec(curve.standardName()));
        KeyPair fresh = generator.generateKeyPair();
        return new JceKeyAgreeRecipientInfoGenerator(
                        CMSAlgorithm.ECDH_SHA256KDF, fresh.getPrivate(), fresh.getPublic(), CMSAlgorithm.AES256_WRAP)
                .setProvider(PROVIDER);
    }

    private static PrivateKey privateKey(SigningKey key) throws ConfidentialException {
        try {
            return KeyFactory.getInstance("EC", PROVIDER)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.info().getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfidentialException(Reason.UNUSABLE_KEY, "the key cannot be used: " + e.getMessage(), e);
        }
    }
}
