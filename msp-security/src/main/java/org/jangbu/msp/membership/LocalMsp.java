package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.crypto.Keystore;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.KeySigningIdentity;

/**
 * A local MSP: Fabric's folder with {@code cacerts}, {@code intermediatecerts}, {@code admincerts}, {@code signcerts}, {@code keystore},
 * {@code crls}, {@code tlscacerts}, {@code tlsintermediatecerts} and {@code config.yaml}. An organisation's own folder has neither signing
 * certificate nor key; a node's or a user's has both.
 */
public final class LocalMsp {
    private final MspId id;
    private final MspFolder folder;
    private final FabricMSPConfig config;
    private final FabricMsp msp;

    private LocalMsp(MspId id, MspFolder folder, FabricMSPConfig config, FabricMsp msp) {
        this.id = id;
        this.folder = folder;
        this.config = config;
        this.msp = msp;
    }

    /**
     * Reads the folder, without the signing key.
     *
     * @throws IOException if a file cannot be read
     * @throws MspConfigurationException if what was read cannot stand as an MSP
     */
    public static LocalMsp read(Path path, MspId id) throws IOException, MspConfigurationException {
        MspFolder folder = new MspFolder(path);
        FabricMSPConfig.Builder config = FabricMSPConfig.newBuilder()
                .setName(id.value())
                .addAllRootCerts(folder.pems("cacerts"))
                .addAllIntermediateCerts(folder.pems("intermediatecerts"))
                .addAllAdmins(folder.pems("admincerts"))
                .addAllRevocationList(folder.pems("crls"))
                .setCryptoConfig(FabricCryptoConfig.newBuilder()
                        .setSignatureHashFamily("SHA2")
                        .setIdentityIdentifierHashFunction("SHA256"))
                .addAllTlsRootCerts(folder.pems("tlscacerts"));
        if (config.getTlsRootCertsCount() > 0) {
            config.addAllTlsIntermediateCerts(folder.pems("tlsintermediatecerts"));
        }
        new MspConfigYaml(folder).addTo(config);
        FabricMSPConfig built = config.build();
        return new LocalMsp(id, folder, built, FabricMsp.of(built));
    }

    public MspId id() {
        return id;
    }

    /** The MSP that the folder describes. */
    public FabricMsp msp() {
        return msp;
    }

    /** What a channel configuration says of this MSP. The same folder always gives the same bytes; nothing secret is among them. */
    public MSPConfig channelConfig() {
        return MSPConfig.newBuilder().setConfig(config.toByteString()).build();
    }

    /**
     * The node or user whose folder this is; what opens its key is taken from the environment.
     *
     * @throws IOException if a file cannot be read, or there is not exactly one certificate, or none of the keys is its own
     */
    public KeySigningIdentity signingIdentity() throws IOException {
        return signingIdentity(KeySecrets.fromEnvironment());
    }

    /** As {@link #signingIdentity()}, with given secrets. */
    public KeySigningIdentity signingIdentity(KeySecrets secrets) throws IOException {
        return signingIdentity(folder, id, secrets);
    }

    /**
     * The node or user of a folder, whether or not the rest of it can stand as an MSP: whoever only signs needs no more than certificate and
     * key, which is all that Fabric's own enrolment leaves in order.
     *
     * @throws IOException as {@link #signingIdentity()}
     */
    public static KeySigningIdentity signer(Path path, MspId id) throws IOException {
        return signingIdentity(new MspFolder(path), id, KeySecrets.fromEnvironment());
    }

    private static KeySigningIdentity signingIdentity(MspFolder folder, MspId id, KeySecrets secrets)
            throws IOException {
        List<ByteString> certificates = folder.pems("signcerts");
        if (certificates.size() != 1) {
            throw new IOException(folder + "/signcerts must hold one certificate, it holds " + certificates.size());
        }
        ByteString certificate = normalized(certificates.get(0));
        for (SigningKey key : new Keystore(folder.resolve("keystore")).keys(secrets)) {
            try {
                return KeySigningIdentity.of(id, certificate, key);
            } catch (IdentityException e) {
                // A keystore may hold keys of former certificates beside the one that belongs to this.
            }
        }
        throw new IOException("no key in " + folder + "/keystore belongs to the certificate in signcerts");
    }

    /** The certificate as Fabric spells it in an identity, whatever stands around it in the file. */
    private static ByteString normalized(ByteString file) throws IOException {
        try {
            return ByteString.copyFromUtf8(CertificateReader.pem(CertificateReader.first(file.toByteArray())));
        } catch (CertificateException e) {
            throw new IOException("the signing certificate is not readable: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "local MSP " + id + " in " + folder;
    }
}
