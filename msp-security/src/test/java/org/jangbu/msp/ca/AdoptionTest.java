package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that the authority's key signed before it had a registry. */
class AdoptionTest extends AuthorityTest {
    @TempDir
    Path folder;

    private final KeyPair keys = newKeys();

    @Test
    void the_holder_enrols_again_and_is_what_it_was() throws Exception {
        X509Certificate earlier = issue("OU=peer, OU=org1, OU=node:peer0.org1.example.com, CN=peer0.org1.example.com");
        assertThat(authority.adopt(earlier)).isTrue();
        Client peer = Client.of(authority, keys, earlier);
        KeyPair other = Client.newKeys(Curve.P256);
        X509Certificate renewed =
                peer.call(session -> session.reenroll(Client.request(csr("peer0.org1.example.com", other))));
        assertThat(CertificateExtensions.organizationalUnits(renewed))
                .containsExactly("peer", "org1", "node:peer0.org1.example.com");
        assertThat(renewed.getPublicKey()).isEqualTo(other.getPublic());
    }

    @Test
    void nobody_enrols_by_a_secret_before_a_registrar_has_set_one() throws Exception {
        authority.adopt(issue("OU=client, CN=user1"));
        for (String guess : List.of("user1", "adminpw", "user1pw", "x")) {
            assertRefused(401, CaError.INVALID_SECRET, () -> Client.enroll(authority, "user1", guess));
        }
        admin.call(session -> session.modify(registration("user1", "", "")));
        assertThat(CertificateExtensions.organizationalUnits(
                        Client.enroll(authority, "user1", "user1pw").certificate()))
                .containsExactly("client");
    }

    @Test
    void it_is_listed_and_can_be_revoked_for_good() throws Exception {
        X509Certificate earlier = issue("OU=client, CN=user1");
        authority.adopt(earlier);
        assertThat(admin.call(session -> session.identity("user1"))
                        .affiliation()
                        .isRoot())
                .isTrue();
        assertThat(certificatesOf("user1"))
                .singleElement()
                .satisfies(one -> assertThat(one.pem()).isEqualTo(CertificateReader.pem(earlier)));
        admin.call(session -> session.revoke(new RevocationRequest("user1", "", "", "", false)));
        X509CRL list =
                CertificateReader.revocationList(authority.publishRevocations().getBytes(StandardCharsets.US_ASCII));
        assertThat(list.getRevokedCertificate(earlier.getSerialNumber())).isNotNull();
        assertThat(authority.adopt(earlier)).as("adopted again").isFalse();
        assertRefused(
                401,
                CaError.CERTIFICATE_REVOKED,
                () -> Client.of(authority, keys, earlier)
                        .call(session -> session.reenroll(Client.request(csr("user1", keys)))));
        assertRefusedAdoption("user1 is revoked", issue("OU=client, CN=user1"));
    }

    @Test
    void whoever_was_removed_does_not_come_back() throws Exception {
        X509Certificate earlier = issue("OU=client, CN=user1");
        authority.adopt(earlier);
        admin.call(session -> session.remove("user1", false));
        assertThat(authority.adopt(earlier)).isFalse();
        assertRefused(404, CaError.NOT_IN_DATABASE, () -> admin.call(session -> session.identity("user1")));
    }

    @Test
    void a_name_that_is_registered_as_something_else_is_not_taken_over() throws Exception {
        assertRefusedAdoption("admin is registered as something else", issue("OU=client, CN=admin"));
        newClient("user1", "client", "org1");
        assertRefusedAdoption("user1 is registered as something else", issue("OU=client, CN=user1"));
        authority.adopt(issue("OU=peer, OU=node:p0.example.com, CN=peer0"));
        assertRefusedAdoption("another identity is that node", issue("OU=peer, OU=node:p0.example.com, CN=peer1"));
        assertRefused(404, CaError.NOT_IN_DATABASE, () -> admin.call(session -> session.identity("peer1")));
    }

    @Test
    void several_certificates_of_one_holder_are_adopted() throws Exception {
        assertThat(authority.adopt(issue("OU=client, CN=user1"))).isTrue();
        assertThat(authority.adopt(issue("OU=client, CN=user1"))).isTrue();
        assertThat(certificatesOf("user1")).hasSize(2);
    }

    @Test
    void two_authorities_adopt_one_name_each_for_itself() throws Exception {
        X509Certificate earlier = issue("OU=client, CN=user1");
        authority.adopt(earlier);
        AuthorityCertificate otherRoot = RootAuthority.create("ca.org2.example.com", clock);
        AuthorityName otherName = TestRegistry.newName();
        CertificateAuthority other = new CertificateAuthority(
                otherName,
                new MspId("Org2MSP"),
                otherRoot,
                AuthoritySettings.USUAL,
                TestRegistry.open(otherName, otherRoot),
                clock);
        other.adopt(issue(otherRoot, "OU=peer, CN=user1", Optional.empty()));
        assertThat(admin.call(session -> session.identity("user1")).type().value())
                .isEqualTo("client");
        assertRefused(
                401,
                CaError.UNTRUSTED_CERTIFICATE,
                () -> Client.of(other, keys, earlier)
                        .call(session -> session.reenroll(Client.request(csr("user1", keys)))));
    }

    @Test
    void what_this_authority_did_not_sign_is_refused() throws Exception {
        AuthorityCertificate impostor = RootAuthority.create("ca.org1.example.com", clock);
        assertThat(impostor.name()).isEqualTo(certificate.name());
        assertRefusedAdoption("", issue(impostor, "OU=client, CN=user1", Optional.empty()));
        AuthorityCertificate stranger = RootAuthority.create("ca.org2.example.com", clock);
        assertRefusedAdoption(
                "it was issued by somebody else", issue(stranger, "OU=client, CN=user1", Optional.empty()));
        assertRefusedAdoption("it is the certificate of an authority", certificate.own());
        assertRefused(404, CaError.NOT_IN_DATABASE, () -> admin.call(session -> session.identity("user1")));
    }

    @Test
    void what_this_authority_would_not_say_is_refused() throws Exception {
        assertRefusedAdoption("several units tell a role", issue("OU=client, OU=admin, CN=user1"));
        assertRefusedAdoption("several units tell a node", issue("OU=peer, OU=node:a, OU=node:b, CN=user1"));
        assertRefusedAdoption("only a peer or an orderer is a node", issue("OU=client, OU=node:a, CN=user1"));
        assertRefusedAdoption("not the name of a node", issue("OU=peer, OU=node:No Name, CN=user1"));
        assertRefusedAdoption("not an affiliation", issue("OU=client, OU=IT Department, CN=user1"));
        assertRefusedAdoption("not an affiliation", issue("OU=client, OU=Admin, CN=user1"));
        assertRefusedAdoption("the common name could not be an id", issue("OU=client"));
        assertRefusedAdoption("the common name could not be an id", issue("CN=user1, CN=user2"));
        assertRefusedAdoption("the common name could not be an id", issue("CN=../user1"));
    }

    @Test
    void attributes_stay_but_give_no_rights() throws Exception {
        X509Certificate earlier = issue(
                certificate,
                "OU=client+OU=department1+OU=org1, CN=user1",
                Optional.of("{\"attrs\":{\"hf.Affiliation\":\"org1.department1\",\"hf.EnrollmentID\":\"x\","
                        + "\"hf.Revoker\":\"true\",\"jangbu.node\":\"p9\",\"level\":\"7\"}}"));
        authority.adopt(earlier);
        RegisteredIdentity identity = admin.call(session -> session.identity("user1"));
        assertThat(identity.affiliation().value()).isEqualTo("org1.department1");
        assertThat(identity.attributes().all())
                .containsExactly(
                        inCertificate("level", "7"),
                        inCertificate(Attributes.ENROLLMENT_ID, "user1"),
                        inCertificate(Attributes.TYPE, "client"),
                        inCertificate(Attributes.AFFILIATION, "org1.department1"));
        for (String broken : List.of("{\"attrs\":{\"a\":[1]}}", "{", "{\"attrs\":{\"a\":1}}", "&a [*a]")) {
            assertRefusedAdoption(
                    "its attributes are not readable", issue(certificate, "CN=user2", Optional.of(broken)));
        }
    }

    @Test
    void files_are_entered_when_the_authority_is_opened_and_bad_ones_are_passed_over() throws Exception {
        AuthorityName own = TestRegistry.newName();
        AuthorityProfile profile = new AuthorityProfile(
                own,
                new MspId("Org1MSP"),
                Optional.empty(),
                false,
                AuthoritySettings.USUAL,
                Optional.of(new AuthorityProfile.Administrator(new EnrollmentId("admin"), DerivedSecret.of(SECRET))),
                List.of());
        AuthorityFolder files = new AuthorityFolder(folder.resolve(own.value()));
        files.write(profile, certificate, "secret", List.of(issue("OU=peer, CN=peer0")));
        write(files, "a.pem", "no certificate", "rw-------");
        write(files, "open.pem", CertificateReader.pem(issue("OU=client, CN=user1")), "rw-rw-rw-");
        write(files, "other.txt", CertificateReader.pem(issue("OU=client, CN=user2")), "rw-------");
        Files.createSymbolicLink(
                files.adopted().resolve("link.pem"), files.adopted().resolve("other.txt"));
        assertThat(idsAfterOpening(own)).containsExactly("admin", "peer0");

        write(files, "z.pem", CertificateReader.pem(issue("OU=client, CN=user3")), "rw-r--r--");
        assertThat(idsAfterOpening(own)).containsExactly("admin", "peer0", "user3");
    }

    private List<IssuedCertificate> certificatesOf(String owner) throws Exception {
        return admin.call(session -> session.certificates(CertificateFilter.ownedBy(owner)));
    }

    private List<String> idsAfterOpening(AuthorityName own) throws Exception {
        HostedAuthorities hosted = HostedAuthorities.open(
                HostedAuthorities.folders(folder),
                "secret",
                opened -> TestRegistry.open(opened.name(), opened.certificate()),
                clock);
        Client registrar = Client.enroll(hosted.find(own.value(), 0), "admin", SECRET);
        return registrar.call(CallerSession::identities).stream()
                .map(identity -> identity.id().value())
                .toList();
    }

    private static void write(AuthorityFolder files, String name, String text, String mode) throws Exception {
        Path file = Files.writeString(files.adopted().resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void assertRefusedAdoption(String reason, X509Certificate earlier) {
        assertRefused(400, CaError.ADD_IDENTITY, () -> authority.adopt(earlier)).hasMessageContaining(reason);
    }

    private X509Certificate issue(String subject) throws Exception {
        return issue(certificate, subject, Optional.empty());
    }

    private X509Certificate issue(AuthorityCertificate by, String subject, Optional<String> attributes)
            throws Exception {
        return new CertificateIssuer(by, clock)
                .issue(new CertificateIssuer.Content(
                        new X500Name(subject),
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()),
                        SigningProfile.DEFAULT,
                        Optional.empty(),
                        attributes.map(text -> text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String csr(String id, KeyPair keys) {
        try {
            return Client.csr("CN=" + id, keys);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            return Client.newKeys(Curve.P256);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
