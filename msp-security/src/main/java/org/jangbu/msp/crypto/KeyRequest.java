package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Asks an authority for a certificate: PKCS #10, signed with the key that it is for. */
public final class KeyRequest {
    private KeyRequest() {}

    /** The request as PEM; its subject is a common name and nothing else. */
    public static String pem(String commonName, KeyPair keys) throws GeneralSecurityException {
        return pem(
                new X500NameBuilder().addRDN(BCStyle.CN, commonName).build(),
                keys.getPublic(),
                SigningKey.of(keys.getPrivate()),
                List.of());
    }

    /**
     * The request as PEM.
     *
     * @param signing the private half of {@code key}
     * @param extensions that the certificate shall have
     */
    public static String pem(X500Name subject, PublicKey key, SigningKey signing, List<Extension> extensions)
            throws GeneralSecurityException {
        PKCS10CertificationRequestBuilder builder =
                new PKCS10CertificationRequestBuilder(subject, SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        if (!extensions.isEmpty()) {
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                    new Extensions(extensions.toArray(Extension[]::new)));
        }
        try {
            byte[] der = builder.build(new LowSContentSigner(signing)).getEncoded();
            return new Pem("CERTIFICATE REQUEST", ByteString.copyFrom(der)).text();
        } catch (IOException e) {
            throw new GeneralSecurityException("the request cannot be written", e);
        }
    }
}
