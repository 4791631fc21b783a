package org.jangbu.tests.network;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.tests.server.TrialServer;

/** Identities that the channel must not accept. */
public final class ForeignCertificates {
    private ForeignCertificates() {}

    /** A user with a certificate of an authority that the channel does not know, who says to be of some MSP. */
    public static SigningIdentity userOfAnotherOrganization(Path folder, String claimed)
            throws IOException, MspConfigurationException {
        Path material = folder.resolve("of-" + claimed);
        OrganizationSpec organization = new OrganizationSpec(
                OrganizationSpec.Kind.PEER,
                new MspId(claimed),
                "org3.example.com",
                List.of(new NodeName("peer0.org3.example.com")),
                List.of("User1"));
        NetworkMaterial.generate(material, List.of(organization), Clock.systemUTC());
        return OwnKeys.identity(
                material.resolve("peerOrganizations/org3.example.com/users/User1@org3.example.com/msp"), claimed);
    }

    /** A user of the first organisation, certified by its own authority, for a time that is over. */
    public static SigningIdentity expiredUser()
            throws IOException, GeneralSecurityException, OperatorCreationException, IdentityException {
        Path authority =
                TrialServer.installation().network().organizations().resolve("peerOrganizations/org1.example.com/ca");
        X509Certificate issuer =
                CertificateReader.only(Files.readAllBytes(authority.resolve("ca.org1.example.com-cert.pem")));
        PrivateKey issuerKey = new JcaPEMKeyConverter()
                .getPrivateKey(KeyReader.info(Files.readAllBytes(authority.resolve("priv_sk"))));
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                BigInteger.valueOf(4711),
                Date.from(Instant.parse("2020-01-01T00:00:00Z")),
                Date.from(Instant.parse("2021-01-01T00:00:00Z")),
                new X500Name("OU=client,CN=Expired@org1.example.com"),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        X509Certificate certificate =
                CertificateReader.der(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey))
                        .getEncoded());
        return KeySigningIdentity.of(
                new MspId("Org1MSP"),
                ByteString.copyFromUtf8(CertificateReader.pem(certificate)),
                SigningKey.of(keys.getPrivate()));
    }
}
