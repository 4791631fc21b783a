package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Asks an authority for a certificate: PKCS #10, signed with the key that it is for. */
public final class KeyRequest {
    private KeyRequest() {}

    /** The request as PEM; its subject is a common name and nothing else. */
    public static String pem(String commonName, KeyPair keys) throws GeneralSecurityException {
        try {
            byte[] der = new PKCS10CertificationRequestBuilder(
                            new X500NameBuilder().addRDN(BCStyle.CN, commonName).build(),
                            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                    .build(new LowSContentSigner(SigningKey.of(keys.getPrivate())))
                    .getEncoded();
            return new Pem("CERTIFICATE REQUEST", ByteString.copyFrom(der)).text();
        } catch (IOException e) {
            throw new GeneralSecurityException("the request cannot be written", e);
        }
    }
}
