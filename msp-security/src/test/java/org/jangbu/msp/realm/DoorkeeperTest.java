package org.jangbu.msp.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.IdentityException.Reason;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.msp.testing.FabricNetwork;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets past the door, and as whom. */
class DoorkeeperTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final String ORG1 = "Org1MSP";
    private static final String ORG2 = "Org2MSP";

    private TestAuthority ca1;
    private TestAuthority ca2;

    @BeforeEach
    void makeAuthorities() throws Exception {
        ca1 = TestAuthority.root("ca1");
        ca2 = TestAuthority.root("ca2");
    }

    @Test
    void a_certificate_of_a_known_organisation_is_that_identity_with_the_roles_of_its_msp() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of(msp(ORG1, ca1), msp(ORG2, ca2)));
        for (String role : List.of("client", "admin", "peer", "orderer")) {
            CertifiedCaller caller = door.identify(ca1.member("alice", role));
            assertThat(caller.groups()).containsExactly(role, role + "@Org1MSP");
            assertThat(caller.name()).isEqualTo("Org1MSP:alice");
        }
        X509Certificate bob = ca2.member("bob", "client");
        CertifiedCaller caller = door.identify(bob);
        assertThat(caller.mspId()).isEqualTo(new MspId(ORG2));
        assertThat(caller.serialized()).isEqualTo(X509Identity.serialize(new MspId(ORG2), bob));
    }

    @Test
    void users_of_a_real_network_are_recognised() throws Exception {
        Doorkeeper door = door(List.of(), List.of(FabricNetwork.channel()));
        CertifiedCaller admin = door.identify(FabricNetwork.user(FabricNetwork.ORG2, "Admin")
                .signingIdentity()
                .certificate());
        assertThat(admin.groups()).containsExactly("admin", "admin@Org2MSP");
        assertThat(admin.name()).isEqualTo("Org2MSP:Admin@org2.example.com");
        CertifiedCaller peer = door.identify(
                FabricNetwork.peer(FabricNetwork.ORG1).signingIdentity().certificate());
        assertThat(peer.groups()).containsExactly("peer", "peer@Org1MSP");
    }

    @Test
    void the_name_of_a_certificate_is_never_that_of_a_managed_identity() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of());
        String name =
                door.identify(ca1.member("User1@org1.example.com", "client")).name();
        assertThat(EnrollmentId.isValid(name)).isFalse();
        assertThat(door.identify(ca1.member("a\nb", "client")).name()).isEqualTo("Org1MSP:a?b");
    }

    @Test
    void strangers_are_refused() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of(msp(ORG1, ca1)));
        assertRefused(Reason.INVALID, () -> door.identify(ca2.member("bob", "client")));
        assertRefused(Reason.INVALID, () -> door.identify(ca1.certificate()));
        assertRefused(Reason.INVALID, () -> door.identify(ca1.member("nobody")));
        assertRefused(Reason.INVALID, () -> door.identify(ca1.member("two", "client", "admin")));
        assertRefused(
                Reason.INVALID,
                () -> door.identify(TestAuthority.root("ca1").member("same name of the authority", "client")));
        assertRefused(
                Reason.INVALID,
                () -> door(List.of(), List.of()).identify(ca1.member("nobody knows anybody", "client")));
    }

    @Test
    void the_clock_counts() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of());
        assertRefused(Reason.EXPIRED, () -> door.identify(valid(TestAuthority.BEGINNING, NOW.minusSeconds(1))));
        assertRefused(Reason.EXPIRED, () -> door.identify(valid(NOW.plusSeconds(60), TestAuthority.END)));
        assertThatCode(() -> door.identify(valid(TestAuthority.BEGINNING, NOW.plusSeconds(60))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_revocation_counts_wherever_it_was_heard_of() throws Exception {
        X509Certificate alice = ca1.member("alice", "client");
        Membership before = msp(ORG1, ca1);
        Membership after = msp(ORG1, ca1, ca1.revoke(alice));
        assertThatCode(() -> door(List.of(before), List.of(before)).identify(alice))
                .doesNotThrowAnyException();
        for (Doorkeeper door : List.of(
                door(List.of(before), List.of(after)),
                door(List.of(after), List.of(before)),
                door(List.of(), List.of(before, after)),
                door(List.of(after), List.of()))) {
            assertRefused(Reason.REVOKED, () -> door.identify(alice));
            assertRefused(Reason.REVOKED, () -> door.check(X509Identity.serialize(new MspId(ORG1), alice)));
            X509Certificate other = ca1.member("another", "client");
            assertThatCode(() -> door.identify(other)).doesNotThrowAnyException();
        }
    }

    @Test
    void a_revocation_counts_before_any_configuration_knows_it() throws Exception {
        X509Certificate alice = ca1.member("alice", "client");
        List<Membership> msps = List.of(msp(ORG1, ca1));
        RevocationNews news = RevocationNews.of(List.of(ca1.revoke(alice)));
        for (Doorkeeper door : List.of(door(msps, msps, () -> news), door(List.of(), msps, () -> news))) {
            assertRefused(Reason.REVOKED, () -> door.identify(alice));
            assertRefused(Reason.REVOKED, () -> door.check(serialized(ORG1, alice)));
            assertThatCode(() -> door.identify(ca1.member("another", "client"))).doesNotThrowAnyException();
        }
    }

    @Test
    void a_certificate_that_is_not_for_tls_clients_is_refused() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of());
        for (KeyUsage usage : List.of(new KeyUsage(KeyUsage.keyAgreement), new KeyUsage(KeyUsage.keyCertSign))) {
            X509Certificate wrong = ca1.issue(
                    ca1.leaf("wrong", "client").with(Extension.keyUsage, true, usage),
                    TestAuthority.newKeys(Curve.P256));
            assertRefused(Reason.INVALID, () -> door.identify(wrong));
        }
        assertRefused(Reason.INVALID, () -> door.identify(extended(KeyPurposeId.id_kp_serverAuth)));
        assertThatCode(() -> door.identify(extended(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)))
                .doesNotThrowAnyException();
        assertThatCode(() -> door.identify(ca1.issue(
                        ca1.leaf("right", "client")
                                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        TestAuthority.newKeys(Curve.P256))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_key_that_is_not_of_an_elliptic_curve_is_refused() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of());
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        X509Certificate certificate = ca1.issue(ca1.leaf("rsa", "client"), rsa.generateKeyPair());
        assertRefused(Reason.MALFORMED, () -> door.identify(certificate));
    }

    @Test
    void another_organisation_cannot_claim_this_servers_members_by_naming_their_authority() throws Exception {
        X509Certificate alice = ca1.member("alice", "client");
        Doorkeeper own = door(List.of(msp(ORG1, ca1)), List.of(msp(ORG1, ca1), msp("EvilMSP", ca1)));
        assertThat(own.identify(alice).mspId()).isEqualTo(new MspId(ORG1));
        Doorkeeper foreign = door(List.of(msp(ORG2, ca2)), List.of(msp(ORG1, ca1), msp("EvilMSP", ca1)));
        assertThatThrownBy(() -> foreign.identify(alice)).hasMessageContaining("several organisations");
    }

    @Test
    void an_identity_that_somebody_else_vouched_for_is_judged_by_the_same_rules() throws Exception {
        Doorkeeper door = door(List.of(msp(ORG1, ca1)), List.of(msp(ORG1, ca1)));
        assertThatCode(() -> door.check(serialized(ORG1, ca1.member("alice", "client"))))
                .doesNotThrowAnyException();
        assertRefused(Reason.INVALID, () -> door.check(serialized(ORG1, ca2.member("bob", "client"))));
        assertRefused(Reason.UNKNOWN_MSP, () -> door.check(serialized(ORG2, ca2.member("bob", "client"))));
        assertRefused(
                Reason.EXPIRED,
                () -> door.check(serialized(ORG1, valid(TestAuthority.BEGINNING, NOW.minusSeconds(1)))));
        assertRefused(Reason.MALFORMED, () -> door.check(ByteString.copyFromUtf8("garbage")));
    }

    private X509Certificate valid(Instant from, Instant to) throws Exception {
        return ca1.issue(ca1.leaf("timed", "client").valid(from, to), TestAuthority.newKeys(Curve.P256));
    }

    private X509Certificate extended(KeyPurposeId... uses) throws Exception {
        return ca1.issue(
                ca1.leaf("extended", "client").with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses)),
                TestAuthority.newKeys(Curve.P256));
    }

    private static ByteString serialized(String mspId, X509Certificate certificate) {
        return X509Identity.serialize(new MspId(mspId), certificate);
    }

    private static Doorkeeper door(List<Membership> own, List<Membership> channels) {
        return door(own, channels, RevocationSource.NONE);
    }

    private static Doorkeeper door(List<Membership> own, List<Membership> channels, RevocationSource revocations) {
        return new Doorkeeper(() -> new KnownMsps(own, channels), revocations, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Membership msp(String id, TestAuthority root, X509CRL... lists) throws Exception {
        FabricMSPConfig.Builder config = FabricMSPConfig.newBuilder()
                .setName(id)
                .addRootCerts(root.pem())
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client"))
                        .setPeerOuIdentifier(unit("peer"))
                        .setAdminOuIdentifier(unit("admin"))
                        .setOrdererOuIdentifier(unit("orderer")));
        for (X509CRL list : lists) {
            config.addRevocationList(ByteString.copyFrom(new Pem("X509 CRL", ByteString.copyFrom(list.getEncoded()))
                    .text()
                    .getBytes(StandardCharsets.US_ASCII)));
        }
        return ChannelMembership.of(FabricMsp.of(config.build()));
    }

    private static FabricOUIdentifier unit(String name) {
        return FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(name)
                .build();
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
