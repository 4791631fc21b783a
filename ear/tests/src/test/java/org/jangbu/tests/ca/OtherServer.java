package org.jangbu.tests.ca;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jangbu.model.MspId;
import org.jangbu.msp.ca.AuthorityCertificate;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.AuthoritySettings;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.jdbc.JdbcRegistry;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.tests.server.TrialServer;
import org.postgresql.ds.PGSimpleDataSource;

/** What a second server that hosts Org1's authority has: the authority's key and the database. */
final class OtherServer {
    private OtherServer() {}

    static CertificateAuthority authorityOfOrg1() throws Exception {
        Path material =
                TrialServer.installation().network().organizations().resolve("peerOrganizations/org1.example.com/ca");
        AuthorityCertificate certificate = new AuthorityCertificate(
                List.of(CertificateReader.only(Files.readAllBytes(material.resolve("ca.org1.example.com-cert.pem")))),
                KeyReader.read(Files.readAllBytes(material.resolve("priv_sk"))));
        AuthorityName name = new AuthorityName("ca-org1");
        return new CertificateAuthority(
                name,
                new MspId("Org1MSP"),
                certificate,
                AuthoritySettings.USUAL,
                JdbcRegistry.open(database(), name, certificate.keyIdentifier()),
                Clock.systemUTC());
    }

    private static PGSimpleDataSource database() {
        PostgresServer postgres = TrialServer.installation().postgres();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.url());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }
}
