package org.jangbu.msp.renewal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.crypto.Keystore;
import org.jangbu.msp.crypto.Keystore.KeptKey;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.crypto.VerifyingKey;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/** The MSP folder of a node, as it is read and replaced. */
final class IdentityFiles {
    private static final int MOST_FILES = 1000;

    private final Path msp;
    private final MspId id;
    private final KeySecrets secrets;
    private final FormerKeys formerKeys;

    IdentityFiles(Path msp, MspId id, KeySecrets secrets) {
        this.msp = msp;
        this.id = id;
        this.secrets = secrets;
        this.formerKeys = new FormerKeys(msp);
    }

    /**
     * What lies there now.
     *
     * @param key the one of the identity's certificate
     */
    record Found(LocalMsp msp, KeySigningIdentity identity, KeptKey key) {
        ChannelMembership membership() {
            return ChannelMembership.of(msp.msp());
        }
    }

    Found read() throws IOException {
        try {
            LocalMsp local = LocalMsp.read(msp, id);
            KeySigningIdentity identity = local.signingIdentity(secrets);
            return new Found(local, identity, keptKey(identity));
        } catch (MspConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private KeptKey keptKey(KeySigningIdentity identity) throws IOException {
        try {
            VerifyingKey wanted = VerifyingKey.of(identity.certificate().getPublicKey());
            for (KeptKey kept : new Keystore(msp.resolve("keystore")).kept(secrets)) {
                if (kept.key().belongsTo(wanted)) {
                    return kept;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the keys of " + msp + " cannot be used: " + e.getMessage(), e);
        }
        throw new IOException("no key in " + msp + "/keystore belongs to the certificate in signcerts");
    }

    /** The certificate alone: cheap to ask for. */
    X509Certificate certificate() throws IOException {
        try {
            return CertificateReader.first(Files.readAllBytes(certificateFile()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + msp + "/signcerts cannot be read: " + e.getMessage(), e);
        }
    }

    private Path certificateFile() throws IOException {
        try (Stream<Path> files = Files.list(msp.resolve("signcerts"))) {
            for (Path file : files.sorted().limit(MOST_FILES).toList()) {
                if (Files.isRegularFile(file)
                        && Files.readString(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
                    return file;
                }
            }
        }
        throw new IOException("no certificate in " + msp + "/signcerts");
    }

    /** @throws RenewalException if a new certificate could not be written, so that nobody need be asked for one */
    void requireWritable(boolean keysToo) throws RenewalException {
        for (Path folder : keysToo
                ? List.of(msp, msp.resolve("signcerts"), msp.resolve("keystore"))
                : List.of(msp, msp.resolve("signcerts"))) {
            if (!Files.isWritable(folder)) {
                throw new RenewalException(folder + " cannot be written");
            }
        }
    }

    /** The steps that put a certificate for the same key in place. */
    List<WriteStep> replacing(X509Certificate certificate) throws IOException {
        Path draft = msp.resolve(".renewed-certificate");
        byte[] pem = CertificateReader.pem(certificate).getBytes(StandardCharsets.US_ASCII);
        return List.of(WriteStep.draft(draft, pem), WriteStep.move(draft, certificateFile()));
    }

    /**
     * The steps that put a certificate and its new key in place: the key first, beside the one in use, which stays until it has been
     * superfluous for a day.
     */
    List<WriteStep> replacing(KeptKey former, SigningKey key, X509Certificate certificate, Instant now)
            throws IOException, RenewalException {
        byte[] text;
        try {
            text = KeyText.like(Files.readAllBytes(former.file()), key.info(), secrets.secret());
        } catch (GeneralSecurityException e) {
            throw new RenewalException("the new key cannot be written", e);
        }
        String name = "renewed-" + certificate.getSerialNumber().toString(16) + "_sk";
        Path draft = msp.resolve(".renewed-key");
        List<WriteStep> steps = new ArrayList<>(formerKeys.noting(List.of(former.name(), name), now));
        steps.add(WriteStep.draft(draft, text));
        steps.add(WriteStep.move(draft, msp.resolve("keystore").resolve(name)));
        steps.addAll(replacing(certificate));
        return steps;
    }

    /** Deletes keys that a renewal has made superfluous a day ago or earlier, and names them. */
    List<String> removeFormerKeys(Instant now) throws IOException {
        return formerKeys.remove(read().key().name(), now);
    }
}
