package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jangbu.msp.ca.jdbc.PublishedLists;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevocationTest extends AuthorityTest {
    @Test
    void a_revoked_identity_can_do_nothing_any_more_and_is_on_the_list() throws Exception {
        Client user = newClient("user1", "client", "org1");
        Client again = Client.enroll(authority, "user1", "user1pw");
        CallerSession.Revoked revoked =
                admin.call(session -> session.revoke(new RevocationRequest("user1", "", "", "keycompromise", true)));
        assertThat(revoked.certificates()).hasSize(2);
        X509CRL list = list(revoked.list());
        assertThat(serials(list))
                .containsExactlyInAnyOrder(
                        user.certificate().getSerialNumber(),
                        again.certificate().getSerialNumber());
        assertThat(list.getRevokedCertificate(user.certificate()).getRevocationReason())
                .isEqualTo(java.security.cert.CRLReason.KEY_COMPROMISE);
        assertRefused(401, CaError.CERTIFICATE_REVOKED, () -> user.call(CallerSession::identities));
        assertRefused(401, CaError.REVOKED_ID, () -> Client.enroll(authority, "user1", "user1pw"));
    }

    @Test
    void a_list_is_one_that_msps_and_openssl_take() throws Exception {
        X509CRL list = list(admin.call(session -> session.revocationList(CertificateFilter.ALL)));
        CryptoProvider.ofThisServer().verify(list, certificate.own().getPublicKey());
        assertThat(list.getIssuerX500Principal()).isEqualTo(certificate.own().getSubjectX500Principal());
        assertThat(CertificateExtensions.authorityKeyIdentifier(list).orElseThrow())
                .isEqualTo(certificate.keyIdentifier());
        assertThat(list.getThisUpdate().toInstant()).isEqualTo(clock.instant());
        assertThat(list.getNextUpdate().toInstant()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
        assertThat(list.getRevokedCertificates()).isNull();
    }

    @Test
    void each_list_has_a_larger_number() throws Exception {
        BigInteger first = number(authority.publishRevocations());
        assertThat(number(authority.publishRevocations())).isGreaterThan(first);
        clock.advance(Duration.ofDays(-10));
        assertThat(number(authority.publishRevocations())).isGreaterThan(first.add(BigInteger.ONE));
    }

    @Test
    void one_certificate_is_revoked_and_its_owner_goes_on_with_another() throws Exception {
        Client user = newClient("user1", "client", "org1");
        Client again = Client.enroll(authority, "user1", "user1pw");
        RevocationRequest one = one(user.certificate(), "");
        assertThat(admin.call(session -> session.revoke(one)).certificates()).hasSize(1);
        assertRefused(401, CaError.CERTIFICATE_REVOKED, () -> user.call(CallerSession::identities));
        assertRefused(403, CaError.NOT_REGISTRAR, () -> again.call(CallerSession::identities));
        assertRefused(404, CaError.ALREADY_REVOKED, () -> admin.call(session -> session.revoke(one)));
        assertRefused(
                400,
                CaError.CERTIFICATE_OF_ANOTHER,
                () -> admin.call(session -> session.revoke(one(again.certificate(), "admin"))));
        assertRefused(
                404,
                CaError.REVOKED_CERTIFICATE_NOT_FOUND,
                () -> admin.call(session -> session.revoke(new RevocationRequest("", "1234", "56", "", false))));
        assertThat(again.call(session -> session.revoke(one(again.certificate(), "")))
                        .certificates())
                .as("everybody may revoke its own")
                .hasSize(1);
    }

    private static RevocationRequest one(X509Certificate certificate, String owner) {
        String aki = HexFormat.ofDelimiter(":").withUpperCase().formatHex(aki(certificate));
        return new RevocationRequest(
                owner,
                "00" + certificate.getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT),
                aki,
                "",
                false);
    }

    private static byte[] aki(X509Certificate certificate) {
        byte[] value = certificate.getExtensionValue("2.5.29.35");
        return org.bouncycastle.asn1.x509.AuthorityKeyIdentifier.getInstance(
                        org.bouncycastle.asn1.ASN1OctetString.getInstance(value).getOctets())
                .getKeyIdentifierOctets();
    }

    @Test
    void nobody_revokes_others_without_the_right_or_out_of_reach() throws Exception {
        newClient("user1", "client", "org1");
        Client user = newClient("user2", "client", "org1");
        Client revoker = newClient(
                "revoker", "client", "org2", attribute("hf.Revoker", "true"), attribute(Attributes.ROLES, "client"));
        RevocationRequest request = new RevocationRequest("user1", "", "", "", true);
        assertRefused(403, CaError.NOT_REVOKER, () -> user.call(session -> session.revoke(request)));
        assertRefused(403, CaError.NOT_AFFILIATED, () -> revoker.call(session -> session.revoke(request)));
        assertRefused(
                403, CaError.NO_GENCRL, () -> user.call(session -> session.revocationList(CertificateFilter.ALL)));
        assertThat(admin.call(session -> session.identity("user1")).revoked()).isFalse();
        assertThat(serials(list(authority.publishRevocations()))).isEmpty();
    }

    @Test
    void servers_of_the_same_database_see_each_revocation() throws Exception {
        PublishedLists otherServer = new PublishedLists(TestRegistry.database());
        otherServer.changed();
        assertThat(otherServer.changed()).as("nothing was revoked since").isEmpty();
        newClient("user1", "client", "org1");
        assertThat(otherServer.changed()).as("nothing was revoked since").isEmpty();
        Client user2 = newClient("user2", "client", "org1");
        Client user3 = newClient("user3", "client", "org2");

        admin.call(session -> session.revoke(one(user2.certificate(), "")));
        assertThat(published(otherServer)).containsExactly(serial(user2));
        assertThat(otherServer.changed()).isEmpty();
        admin.call(session -> session.remove("user1", false));
        assertThat(published(otherServer)).hasSize(2);
        admin.call(session -> session.removeAffiliation("org2", true));
        assertThat(published(otherServer)).hasSize(3).contains(serial(user3));
        assertThat(published(new PublishedLists(TestRegistry.database()))).hasSize(3);

        assertRefused(
                404,
                CaError.REVOKED_ID_NOT_FOUND,
                () -> admin.call(session -> {
                    session.revoke(one(admin.certificate(), ""));
                    return session.revoke(new RevocationRequest("nobody", "", "", "", false));
                }));
        assertThat(otherServer.changed())
                .as("what was taken back with its transaction")
                .isEmpty();
    }

    @Test
    void a_database_without_registries_has_revoked_nothing() {
        assertThat(new PublishedLists(TestRegistry.emptyDatabase()).changed()).isEmpty();
    }

    private static BigInteger serial(Client client) {
        return client.certificate().getSerialNumber();
    }

    /** What this test's authority has revoked, as another server sees it. */
    private List<BigInteger> published(PublishedLists server) throws Exception {
        for (String pem : server.changed().orElseThrow()) {
            X509CRL list = list(pem);
            if (Arrays.equals(
                    CertificateExtensions.authorityKeyIdentifier(list).orElseThrow(), certificate.keyIdentifier())) {
                return List.copyOf(serials(list));
            }
        }
        throw new AssertionError("no list of " + name);
    }

    @Test
    void garbage_is_refused() {
        assertRefused(
                400,
                CaError.MISSING_REVOKE_ARGUMENTS,
                () -> admin.call(session -> session.revoke(new RevocationRequest("", "1", "", "", false))));
        assertRefused(
                400,
                CaError.BAD_BODY,
                () -> admin.call(session -> session.revoke(new RevocationRequest("admin", "", "", "boredom", false))));
        assertRefused(
                404,
                CaError.REVOKED_ID_NOT_FOUND,
                () -> admin.call(session -> session.revoke(new RevocationRequest("a\u0000", "", "", "", false))));
    }

    @Test
    void lists_and_searches_are_bounded_by_time() throws Exception {
        Instant begin = clock.instant();
        newClient("user1", "client", "org1");
        revoke("user1");
        clock.advance(Duration.ofDays(10));
        newClient("user2", "client", "org1");
        revoke("user2");
        Instant middle = begin.plus(Duration.ofDays(5));
        assertThat(serials(list(listOf(bounds(middle, null), CertificateFilter.Bounds.NONE))))
                .hasSize(1);
        assertThat(serials(list(listOf(bounds(null, middle), CertificateFilter.Bounds.NONE))))
                .hasSize(1);
        assertThat(serials(list(listOf(bounds(begin, clock.instant()), CertificateFilter.Bounds.NONE))))
                .hasSize(2);
        Instant expiry = begin.plus(Duration.ofDays(370));
        assertThat(serials(list(listOf(CertificateFilter.Bounds.NONE, bounds(expiry, null)))))
                .hasSize(1);
        assertRefused(
                400,
                CaError.INVALID_REVOKED_AFTER,
                () -> listOf(bounds(clock.instant(), begin), CertificateFilter.Bounds.NONE));
        assertRefused(
                400,
                CaError.INVALID_EXPIRED_AFTER,
                () -> listOf(CertificateFilter.Bounds.NONE, bounds(clock.instant(), begin)));
        List<IssuedCertificate> valid = admin.call(session -> session.certificates(CertificateFilter.ownedBy("user1")));
        assertThat(valid).isEmpty();
        List<IssuedCertificate> all = admin.call(session -> session.certificates(CertificateFilter.ALL));
        assertThat(all).hasSize(3);
    }

    private void revoke(String id) throws CaException {
        admin.call(session -> session.revoke(new RevocationRequest(id, "", "", "", false)));
    }

    private String listOf(CertificateFilter.Bounds revoked, CertificateFilter.Bounds expiry) throws CaException {
        return admin.call(session -> session.revocationList(CertificateFilter.of(expiry, revoked)));
    }

    private static CertificateFilter.Bounds bounds(@Nullable Instant from, @Nullable Instant to) {
        return new CertificateFilter.Bounds(Optional.ofNullable(from), Optional.ofNullable(to));
    }

    private static X509CRL list(String pem) throws Exception {
        return CertificateReader.revocationList(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static BigInteger number(String pem) throws Exception {
        byte[] value = list(pem).getExtensionValue("2.5.29.20");
        return org.bouncycastle.asn1.ASN1Integer.getInstance(
                        org.bouncycastle.asn1.ASN1OctetString.getInstance(value).getOctets())
                .getValue();
    }

    private static Set<BigInteger> serials(X509CRL list) {
        return list.getRevokedCertificates() == null
                ? Set.of()
                : list.getRevokedCertificates().stream()
                        .map(java.security.cert.X509CRLEntry::getSerialNumber)
                        .collect(Collectors.toSet());
    }
}
