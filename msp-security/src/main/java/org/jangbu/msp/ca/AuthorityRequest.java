package org.jangbu.msp.ca;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.LowSContentSigner;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SigningKey;

/**
 * An intermediate authority that waits for its certificate: beside the folder that it will have, a hidden one with its profile, its encrypted
 * key and the request that the authority above is to sign. No server takes that for an authority.
 */
public final class AuthorityRequest {
    private static final String REQUEST = "ca-request.pem";

    private final Path folder;
    private final Path waiting;

    /** @param folder that the authority will have */
    public AuthorityRequest(Path folder) {
        this.folder = folder;
        this.waiting = folder.resolveSibling("." + folder.getFileName() + ".request");
    }

    /**
     * Makes key and request.
     *
     * @param secret under which the key is encrypted
     * @return the request's file, PKCS #10 in PEM
     * @throws java.nio.file.FileAlreadyExistsException if the authority, or a request of it, is there
     */
    public Path write(AuthorityProfile profile, String commonName, Curve curve, String secret) throws IOException {
        FolderDraft.requireMissing(folder);
        try (FolderDraft draft = FolderDraft.of(waiting)) {
            KeyPair keys = CryptoProvider.ofThisServer().generate(curve);
            AuthorityFolder.write(draft, profile, SigningKey.of(keys.getPrivate()), secret);
            draft.write(REQUEST, request(commonName, keys).getBytes(StandardCharsets.US_ASCII));
            draft.publish();
        } catch (GeneralSecurityException e) {
            throw new IOException("the request cannot be made: " + e.getMessage(), e);
        }
        return waiting.resolve(REQUEST);
    }

    private static String request(String commonName, KeyPair keys) throws IOException, GeneralSecurityException {
        ExtensionsGenerator wanted = new ExtensionsGenerator();
        wanted.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        wanted.addExtension(Extension.keyUsage, true, new KeyUsage(SigningProfile.CA.keyUsage()));
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        byte[] der = new PKCS10CertificationRequestBuilder(
                        subject,
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate())
                .build(new LowSContentSigner(keys.getPrivate()))
                .getEncoded();
        return new Pem("CERTIFICATE REQUEST", ByteString.copyFrom(der)).text();
    }

    /**
     * Makes the authority of the request and its answer; the request goes.
     *
     * @param chain PEM: the certificate of the request's key, then those above it up to the root
     * @param secret under which the key was encrypted
     * @throws IOException if the chain does not hold or is of another key; the request stays then
     */
    public void complete(byte[] chain, String secret) throws IOException {
        AuthorityFolder request = new AuthorityFolder(waiting);
        AuthorityProfile profile = request.profile();
        try {
            new AuthorityFolder(folder)
                    .write(
                            profile,
                            new AuthorityCertificate(CertificateReader.all(chain), request.key(secret)),
                            secret);
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority cannot be made: " + e.getMessage(), e);
        }
        FolderDraft.delete(waiting);
    }
}
