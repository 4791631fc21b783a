package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrollmentTest extends AuthorityTest {
    @Test
    void a_certificate_says_what_the_registry_says_and_not_what_the_request_wants() throws Exception {
        admin.call(session -> session.register(registration(
                "user1",
                "client",
                "org1.department1",
                inCertificate("department", "shipping \"1\" \\ 장부"),
                attribute("salary", "low"))));
        KeyPair keys = Client.newKeys(Curve.P256);
        String csr = Client.csr("C=KR,ST=Seoul,L=Gangnam,O=Example,OU=admin,OU=node:peer0,E=x@y.z,CN=user1", keys);
        X509Certificate issued = authority.enroll("user1", "user1pw", Client.request(csr));

        assertThat(issued.getSubjectX500Principal().getName())
                .isEqualTo("CN=user1,OU=department1,OU=org1,OU=client,O=Example,L=Gangnam,ST=Seoul,C=KR");
        assertThat(CertificateExtensions.organizationalUnits(issued)).containsExactly("client", "org1", "department1");
        assertThat(issued.getPublicKey().getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());
        assertThat(attributes(issued))
                .isEqualTo(
                        "{\"attrs\":{\"department\":\"shipping \\\"1\\\" \\\\ 장부\",\"hf.Affiliation\":\"org1.department1\","
                                + "\"hf.EnrollmentID\":\"user1\",\"hf.Type\":\"client\"}}");
    }

    @Test
    void a_certificate_has_the_uses_and_names_of_keys_that_fabric_ca_gives() throws Exception {
        X509Certificate issued = admin.certificate();
        CryptoProvider.ofThisServer().verify(issued, certificate.own().getPublicKey());
        assertThat(TestAuthority.withS(issued.getSignature(), false))
                .as("low s")
                .isEqualTo(issued.getSignature());
        assertThat(issued.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(Extension.keyUsage.getId(), Extension.basicConstraints.getId());
        assertThat(issued.getKeyUsage()[0]).isTrue();
        assertThat(Arrays.copyOfRange(issued.getKeyUsage(), 1, 9)).containsOnly(false);
        assertThat(issued.getExtendedKeyUsage()).isNull();
        assertThat(issued.getBasicConstraints()).isEqualTo(-1);
        AuthorityKeyIdentifier aki =
                AuthorityKeyIdentifier.getInstance(content(issued, Extension.authorityKeyIdentifier.getId()));
        assertThat(aki.getKeyIdentifierOctets()).isEqualTo(certificate.keyIdentifier());
        assertThat(CertificateExtensions.subjectKeyIdentifier(issued).orElseThrow())
                .isEqualTo(CertificateIssuer.keyIdentifier(
                        SubjectPublicKeyInfo.getInstance(issued.getPublicKey().getEncoded())));
        assertThat(issued.getSerialNumber().signum()).isPositive();
        assertThat(issued.getSerialNumber().toByteArray()).hasSize(20);
    }

    @Test
    void validity_begins_a_little_earlier_and_never_outlives_the_authority() throws Exception {
        Instant now = clock.instant();
        assertThat(admin.certificate().getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofMinutes(5)));
        assertThat(admin.certificate().getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(365)));

        clock.advance(Duration.between(now, certificate.own().getNotAfter().toInstant())
                .minus(Duration.ofDays(3)));
        Client late = Client.enroll(authority, "admin", SECRET);
        assertThat(late.certificate().getNotAfter()).isEqualTo(certificate.own().getNotAfter());
    }

    @Test
    void serial_numbers_do_not_repeat() throws Exception {
        BigInteger first = admin.certificate().getSerialNumber();
        assertThat(Client.enroll(authority, "admin", SECRET).certificate().getSerialNumber())
                .isNotEqualTo(first);
    }

    @Test
    void a_tls_certificate_serves_its_hosts_and_names_no_node() throws Exception {
        admin.call(session -> session.register(
                registration("peer0", "peer", ".", attribute(Attributes.NODE, "peer0.org1.example.com"))));
        KeyPair keys = Client.newKeys(Curve.P384);
        GeneralNames hosts = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "peer0.org1.example.com"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        Extensions extensions =
                new Extensions(new Extension(Extension.subjectAlternativeName, false, hosts.getEncoded()));
        String csr = Client.csr("CN=peer0", keys, keys, extensions);
        X509Certificate tls = authority.enroll("peer0", "peer0pw", Client.request(csr, "tls"));
        assertThat(tls.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(tls.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "peer0.org1.example.com"), List.of(7, "127.0.0.1"));
        assertThat(CertificateExtensions.organizationalUnits(tls)).containsExactly("peer");

        EnrollmentRequest other = new EnrollmentRequest(csr, "tls", List.of("::1", "localhost"), Optional.empty());
        X509Certificate named = authority.enroll("peer0", "peer0pw", other);
        assertThat(named.getSubjectAlternativeNames())
                .containsExactly(List.of(7, "0:0:0:0:0:0:0:1"), List.of(2, "localhost"));
    }

    @Test
    void only_a_registered_node_gets_its_unit_and_keeps_it_when_it_renews() throws Exception {
        Attribute node = attribute(Attributes.NODE, "peer0.org1.example.com");
        Client peer = newClient("peer0", "peer", ".", node);
        assertThat(CertificateExtensions.organizationalUnits(peer.certificate()))
                .containsExactly("peer", "node:peer0.org1.example.com");
        KeyPair keys = Client.newKeys(Curve.P256);
        X509Certificate renewed = peer.call(session -> session.reenroll(Client.request(csrOf("peer0", keys))));
        assertThat(CertificateExtensions.organizationalUnits(renewed))
                .containsExactly("peer", "node:peer0.org1.example.com");

        assertRefused(409, CaError.DUPLICATE_IDENTITY, () -> newClient("peer1", "peer", ".", node));
        assertRefused(400, CaError.BAD_BODY, () -> newClient("user1", "client", ".", node));
        assertRefused(
                400, CaError.BAD_BODY, () -> newClient("peer2", "peer", ".", attribute(Attributes.NODE, "a,OU=admin")));
        newClient("peer3", "peer", ".");
        assertRefused(
                409,
                CaError.MODIFYING_IDENTITY,
                () -> admin.call(session -> session.modify(registration("peer3", "", "", node))));
    }

    private static String csrOf(String id, KeyPair keys) {
        try {
            return Client.csr("CN=" + id, keys);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void attributes_are_chosen_by_whoever_asks_for_them() throws Exception {
        admin.call(session ->
                session.register(registration("user1", "client", ".", attribute("a", "1"), inCertificate("b", "2"))));
        KeyPair keys = Client.newKeys(Curve.P256);
        assertThat(attributes(enroll(keys, new AttributeRequest("a", false), new AttributeRequest("c", true))))
                .isEqualTo("{\"attrs\":{\"a\":\"1\"}}");
        assertRefused(400, CaError.ATTRIBUTE_EXTENSION, () -> enroll(keys, new AttributeRequest("c", false)));
    }

    private X509Certificate enroll(KeyPair keys, AttributeRequest... asked) throws CaException {
        return authority.enroll(
                "user1",
                "user1pw",
                new EnrollmentRequest(csrOf("user1", keys), "", List.of(), Optional.of(List.of(asked))));
    }

    @Test
    void an_intermediate_authority_needs_the_right_and_has_none_below_it() throws Exception {
        KeyPair keys = Client.newKeys(Curve.P256);
        X509Certificate child = authority.enroll("admin", SECRET, Client.request(csrOf("admin", keys), "ca"));
        assertThat(child.getBasicConstraints()).isZero();
        assertThat(child.getKeyUsage()[5] && child.getKeyUsage()[6]).isTrue();
        AuthorityCertificate intermediate = new AuthorityCertificate(
                List.of(child, certificate.own()), org.jangbu.msp.crypto.SigningKey.of(keys.getPrivate()));
        assertThat(intermediate.mayIssueAuthorities()).isFalse();

        newClient("user1", "client", ".");
        assertRefused(
                403,
                CaError.CALLER_LACKS_ATTRIBUTE,
                () -> authority.enroll("user1", "user1pw", Client.request(csrOf("user1", keys), "ca")));
        Extensions wish =
                new Extensions(new Extension(Extension.basicConstraints, true, new BasicConstraints(1).getEncoded()));
        String csr = Client.csr("CN=user1", keys, keys, wish);
        assertRefused(
                403, CaError.CALLER_LACKS_ATTRIBUTE, () -> authority.enroll("user1", "user1pw", Client.request(csr)));
    }

    @Test
    void a_secret_serves_as_often_as_it_may() throws Exception {
        admin.call(session ->
                session.register(new RegistrationRequest("once", "client", ".", "oncepw", Optional.of(1), List.of())));
        Client once = Client.enroll(authority, "once", "oncepw");
        assertRefused(401, CaError.ENROLL_DISABLED, () -> Client.enroll(authority, "once", "oncepw"));
        KeyPair keys = Client.newKeys(Curve.P256);
        X509Certificate renewed = once.call(session -> session.reenroll(Client.request(csrOf("once", keys))));
        assertThat(renewed).as("renewal does not count").isNotNull();
    }

    @Test
    void a_refused_request_does_not_use_up_the_secret() throws Exception {
        admin.call(session ->
                session.register(new RegistrationRequest("once", "client", ".", "oncepw", Optional.of(1), List.of())));
        assertRefused(
                403,
                CaError.COMMON_NAME,
                () -> authority.enroll("once", "oncepw", Client.request(csrOf("other", Client.newKeys(Curve.P256)))));
        assertThat(Client.enroll(authority, "once", "oncepw").certificate()).isNotNull();
    }

    @Test
    void wrong_secrets_close_the_door_for_a_while_even_to_the_right_one() throws Exception {
        for (int i = 0; i < Failures.ALLOWED; i++) {
            assertRefused(401, CaError.INVALID_SECRET, () -> Client.enroll(authority, "admin", "guess"));
        }
        assertRefused(401, CaError.TOO_MANY_FAILURES, () -> Client.enroll(authority, "admin", SECRET));
        clock.advance(Failures.PAUSE);
        assertThat(Client.enroll(authority, "admin", SECRET).certificate()).isNotNull();
    }

    @Test
    void callers_who_are_not_known_are_not_told_why() {
        CaException unknown = refusal("nobody", SECRET);
        CaException wrong = refusal("admin", "wrong");
        assertThat(unknown.error()).isNotEqualTo(wrong.error());
        assertThat(unknown.remoteError()).isEqualTo(wrong.remoteError()).isEqualTo(CaError.AUTHENTICATION);
        assertThat(unknown.remoteMessage()).isEqualTo(wrong.remoteMessage()).isEqualTo("Authentication failure");
    }

    private CaException refusal(String user, String secret) {
        try {
            Client.enroll(authority, user, secret);
            throw new AssertionError("not refused");
        } catch (CaException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin\u0000", "../admin", "admin'; DROP TABLE ca.identities; --", "관리자"})
    void names_that_nobody_can_have_are_refused_like_wrong_ones(String user) {
        assertThat(refusal(user, SECRET).remoteError()).isEqualTo(CaError.AUTHENTICATION);
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void keys_on_both_curves_are_certified(Curve curve) throws Exception {
        KeyPair keys = Client.newKeys(curve);
        X509Certificate issued = authority.enroll("admin", SECRET, Client.request(csrOf("admin", keys)));
        assertThat(issued.getPublicKey().getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());
    }

    @Test
    void requests_that_are_not_signed_with_their_key_are_refused() throws Exception {
        KeyPair keys = Client.newKeys(Curve.P256);
        KeyPair other = Client.newKeys(Curve.P256);
        assertBad(Client.csr("CN=admin", keys, other, null));
        byte[] der = Base64.getMimeDecoder().decode(Client.csr("CN=admin", keys).replaceAll("-----.*-----", ""));
        for (int i = 0; i < der.length; i += 3) {
            byte[] changed = der.clone();
            changed[i] ^= 0x01;
            assertRefusedInSomeWay(Client.pem("CERTIFICATE REQUEST", changed));
        }
    }

    private void assertRefusedInSomeWay(String csr) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> authority.enroll("admin", SECRET, Client.request(csr)))
                .isInstanceOf(CaException.class);
    }

    @Test
    void requests_with_other_keys_are_refused() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair keys = rsa.generateKeyPair();
        org.bouncycastle.operator.ContentSigner signer =
                new org.bouncycastle.operator.jcajce.JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
        byte[] der = new org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder(
                        new javax.security.auth.x500.X500Principal("CN=admin"), keys.getPublic())
                .build(signer)
                .getEncoded();
        assertBad(Client.pem("CERTIFICATE REQUEST", der));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n",
                "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"
            })
    void garbage_is_no_request(String csr) {
        assertBad(csr);
    }

    @Test
    void an_endless_request_is_not_looked_at() {
        assertBad("-----BEGIN CERTIFICATE REQUEST-----\n" + "A".repeat(1 << 20)
                + "\n-----END CERTIFICATE REQUEST-----\n");
    }

    private void assertBad(String csr) {
        assertRefused(400, CaError.BAD_CSR, () -> authority.enroll("admin", SECRET, Client.request(csr)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C=#0c034b4f52,CN=admin",
                "C=#0c014b,CN=admin",
                "C=#0c06ed959ceab5ad,CN=admin",
                "SERIALNUMBER=#0c03ed959c,CN=admin",
                "O=#0201ff,CN=admin",
                "O=\u0001,CN=admin",
                "CN=admin,CN=root"
            })
    void subjects_beyond_what_certificates_hold_are_refused(String subject) throws Exception {
        String csr = Client.csr(subject, Client.newKeys(Curve.P256));
        assertRefused(400, CaError.CSR_INPUT, () -> authority.enroll("admin", SECRET, Client.request(csr)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-x", "http://host/", "x..y"})
    void hosts_that_cannot_be_reached_are_refused(String host) {
        EnrollmentRequest request =
                new EnrollmentRequest(csrOf("admin", keys()), "tls", List.of(host), Optional.empty());
        assertRefused(400, CaError.CSR_INPUT, () -> authority.enroll("admin", SECRET, request));
    }

    private static KeyPair keys() {
        try {
            return Client.newKeys(Curve.P256);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_unknown_profile_is_refused() {
        assertRefused(
                400,
                CaError.BAD_BODY,
                () -> authority.enroll("admin", SECRET, Client.request(csrOf("admin", keys()), "root")));
    }

    private static String attributes(X509Certificate certificate) {
        return new String(content(certificate, "1.2.3.4.5.6.7.8.1"), StandardCharsets.UTF_8);
    }

    private static byte[] content(X509Certificate certificate, String oid) {
        return ASN1OctetString.getInstance(certificate.getExtensionValue(oid)).getOctets();
    }
}
