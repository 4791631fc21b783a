package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.IdentityException.Reason;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fabric's rules for identities, one by one. */
class FabricMspTest {
    private static final MspId ID = new MspId("TestMSP");

    private TestAuthority root;

    @BeforeEach
    void makeRoot() throws Exception {
        root = TestAuthority.root("root");
    }

    @Test
    void accepts_a_member_and_tells_its_role() throws Exception {
        ChannelMembership msp = membership(nodeOus(root));
        X509Certificate peer = root.member("peer0", "peer");
        assertThatCode(() -> msp.validate(identity(msp, peer))).doesNotThrowAnyException();
        assertThat(msp.roles(identity(msp, peer))).containsExactlyInAnyOrder(MSPRoleType.MEMBER, MSPRoleType.PEER);
    }

    @Test
    void accepts_an_expired_certificate_which_the_door_refuses() throws Exception {
        Instant end = Instant.parse("2026-02-01T00:00:00Z");
        X509Certificate expired = root.issue(
                root.leaf("old", "client").valid(TestAuthority.BEGINNING, end), TestAuthority.newKeys(Curve.P256));
        ChannelMembership msp = membership(nodeOus(root));
        Identity identity = identity(msp, expired);
        assertThatCode(() -> msp.validate(identity)).doesNotThrowAnyException();
        assertThatCode(() -> Expiry.checkNotExpired(identity, end)).doesNotThrowAnyException();
        assertRefused(Reason.EXPIRED, () -> Expiry.checkNotExpired(identity, end.plusSeconds(1)));
        assertRefused(Reason.EXPIRED, () -> Expiry.checkNotExpired(identity, TestAuthority.BEGINNING.minusSeconds(1)));
    }

    @Test
    void refuses_a_certificate_that_begins_before_its_issuer() throws Exception {
        Instant early = TestAuthority.BEGINNING.minusSeconds(60);
        X509Certificate member = root.issue(
                root.leaf("early", "client").valid(early, TestAuthority.END), TestAuthority.newKeys(Curve.P256));
        assertInvalid(membership(nodeOus(root)), member, "does not chain");
    }

    @Test
    void refuses_a_certificate_of_another_authority_even_one_of_the_same_name() throws Exception {
        ChannelMembership msp = membership(nodeOus(root));
        assertInvalid(msp, TestAuthority.root("other").member("peer0", "peer"), "does not chain");
        assertInvalid(msp, TestAuthority.root("root").member("peer0", "peer"), "does not chain");
    }

    @Test
    void refuses_the_certificate_of_an_authority() throws Exception {
        ChannelMembership msp = membership(nodeOus(root));
        assertInvalid(msp, root.certificate(), "CA is not an identity");
        assertInvalid(msp, root.intermediate("below").certificate(), "CA is not an identity");
    }

    @Test
    void refuses_no_unit_two_roles_and_unknown_units() throws Exception {
        ChannelMembership msp = membership(nodeOus(root));
        assertInvalid(msp, root.member("nobody"), "exactly one organisational unit");
        assertInvalid(msp, root.member("both", "peer", "admin"), "exactly one organisational unit");
        assertInvalid(msp, root.member("sales", "sales"), "exactly one organisational unit");
        assertThatCode(() -> msp.validate(identity(msp, root.member("extra", "sales", "client", "node:x"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_a_role_certified_by_another_authority_than_demanded() throws Exception {
        TestAuthority second = TestAuthority.root("second");
        FabricMSPConfig.Builder config = nodeOus(root);
        config.addRootCerts(second.pem());
        config.getFabricNodeOusBuilder().getPeerOuIdentifierBuilder().setCertificate(root.pem());
        ChannelMembership msp = membership(config);
        assertThatCode(() -> msp.validate(identity(msp, root.member("peer0", "peer"))))
                .doesNotThrowAnyException();
        assertInvalid(msp, second.member("peer0", "peer"), "certified by another CA");
        assertThatCode(() -> msp.validate(identity(msp, second.member("user", "client"))))
                .doesNotThrowAnyException();
    }

    @Test
    void goes_through_intermediates_and_then_the_root_may_issue_no_identities() throws Exception {
        TestAuthority below = root.intermediate("below");
        TestAuthority lowest = below.intermediate("lowest");
        FabricMSPConfig.Builder config = nodeOus(root);
        config.addIntermediateCerts(below.pem()).addIntermediateCerts(lowest.pem());
        ChannelMembership msp = membership(config);
        assertThatCode(() -> msp.validate(identity(msp, lowest.member("user", "client"))))
                .doesNotThrowAnyException();
        assertInvalid(msp, below.member("user", "client"), "another CA below");
        assertInvalid(msp, root.member("user", "client"), "another CA below");
        assertInvalid(membership(nodeOus(root)), below.member("user", "client"), "does not chain");
    }

    @Test
    void refuses_what_is_beyond_the_path_length_of_an_authority() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        X500Name name = new X500Name("CN=short");
        TestAuthority shortOne = TestAuthority.root("short", keys, 1);
        TestAuthority tooLow = shortOne.intermediate("too low");
        for (boolean limited : new boolean[] {false, true}) {
            X509Certificate certificate = root.issue(
                    TestAuthority.authority(name, 55)
                            .with(
                                    Extension.basicConstraints,
                                    true,
                                    limited ? new BasicConstraints(0) : new BasicConstraints(true)),
                    keys);
            ChannelMembership msp = membership(nodeOus(root)
                    .addIntermediateCerts(TestAuthority.pem(certificate))
                    .addIntermediateCerts(tooLow.pem()));
            X509Certificate member = tooLow.member("user", "client");
            if (limited) {
                assertInvalid(msp, member, "does not chain");
            } else {
                assertThatCode(() -> msp.validate(identity(msp, member))).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void refuses_two_chains() throws Exception {
        TestAuthority twin = TestAuthority.root("root", root.keys(), 2);
        FabricMSPConfig.Builder config = nodeOus(root);
        config.addRootCerts(twin.pem());
        assertInvalid(membership(config), root.member("peer0", "peer"), "2 chains");
        config.clearRootCerts().addRootCerts(root.pem()).addRootCerts(root.pem());
        ChannelMembership same = membership(config);
        assertThatCode(() -> same.validate(identity(same, root.member("peer0", "peer"))))
                .as("the same certificate twice is one")
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_what_stands_on_a_list_that_its_issuer_signed() throws Exception {
        X509Certificate revoked = root.member("gone", "client");
        X509Certificate other = root.member("here", "client");
        ChannelMembership msp = membership(nodeOus(root).addRevocationList(der(root.revoke(revoked))));
        assertRefused(Reason.REVOKED, () -> msp.validate(identity(msp, revoked)));
        assertThat(msp.roles(identity(msp, revoked))).isEmpty();
        assertThatCode(() -> msp.validate(identity(msp, other))).doesNotThrowAnyException();
        ChannelMembership forged = membership(
                nodeOus(root).addRevocationList(der(root.revoke(TestAuthority.newKeys(Curve.P256), revoked))));
        assertThatCode(() -> forged.validate(identity(forged, revoked)))
                .as("a list that the issuer did not sign counts for nothing")
                .doesNotThrowAnyException();
        TestAuthority second = TestAuthority.root("second");
        ChannelMembership foreign =
                membership(nodeOus(root).addRootCerts(second.pem()).addRevocationList(der(second.revoke(revoked))));
        assertThatCode(() -> foreign.validate(identity(foreign, revoked)))
                .as("serial numbers are each issuer's own")
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_to_stand_on_a_revoked_intermediate() throws Exception {
        TestAuthority below = root.intermediate("below");
        FabricMSPConfig.Builder config = nodeOus(root)
                .addIntermediateCerts(below.pem())
                .addRevocationList(der(root.revoke(below.certificate())));
        assertThatThrownBy(() -> membership(config))
                .isInstanceOf(MspConfigurationException.class)
                .hasMessageContaining("revoked");
    }

    @Test
    void takes_uses_of_a_certificate_as_go_does() throws Exception {
        ChannelMembership msp = membership(nodeOus(root));
        X509Certificate client = root.issue(
                root.leaf("c", "client")
                        .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)),
                TestAuthority.newKeys(Curve.P256));
        assertInvalid(msp, client, "does not chain");
        X509Certificate server = root.issue(
                root.leaf("s", "client")
                        .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                TestAuthority.newKeys(Curve.P256));
        assertThatCode(() -> msp.validate(identity(msp, server))).doesNotThrowAnyException();
    }

    @Test
    void accepts_a_certificate_that_its_authority_signed_with_high_s() throws Exception {
        TestAuthority high = TestAuthority.root("high").signingHigh();
        ChannelMembership msp = membership(nodeOus(high));
        assertThatCode(() -> msp.validate(identity(msp, high.member("peer0", "peer"))))
                .doesNotThrowAnyException();
    }

    @Test
    void without_node_ous_demands_listed_admins_and_one_of_the_listed_units() throws Exception {
        X509Certificate admin = root.member("admin", "bank");
        FabricMSPConfig.Builder config = plain(root);
        assertThatThrownBy(() -> membership(config))
                .isInstanceOf(MspConfigurationException.class)
                .hasMessageContaining("administrators");
        config.addAdmins(TestAuthority.pem(admin));
        config.addOrganizationalUnitIdentifiers(
                FabricOUIdentifier.newBuilder().setCertificate(root.pem()).setOrganizationalUnitIdentifier("bank"));
        ChannelMembership msp = membership(config);
        assertThat(msp.roles(identity(msp, admin))).containsExactlyInAnyOrder(MSPRoleType.MEMBER, MSPRoleType.ADMIN);
        assertThat(msp.roles(identity(msp, root.member("teller", "bank")))).containsExactly(MSPRoleType.MEMBER);
        assertInvalid(msp, root.member("stranger", "shop"), "none of the organisational units");
    }

    @Test
    void refuses_configurations_that_cannot_stand() throws Exception {
        assertCannotStand(nodeOus(root).clearRootCerts(), "at least one root");
        assertCannotStand(nodeOus(root).clearRootCerts().addRootCerts(pem(root.member("m", "peer"))), "not a CA");
        assertCannotStand(nodeOus(root).setName("a b"), "not an MSP id");
        assertCannotStand(nodeOus(root).addRootCerts(ByteString.copyFromUtf8("no PEM")), "no certificate");
        assertCannotStand(
                nodeOus(root).setCryptoConfig(FabricCryptoConfig.newBuilder().setSignatureHashFamily("SHA3")), "SHA2");
        assertCannotStand(nodeOus(root).addAdmins(pem(root.member("p", "peer"))), "neither client nor admin");
        FabricMSPConfig.Builder foreignCertifier = nodeOus(root);
        foreignCertifier
                .getFabricNodeOusBuilder()
                .getPeerOuIdentifierBuilder()
                .setCertificate(TestAuthority.root("x").pem());
        assertCannotStand(foreignCertifier, "not a CA of the MSP");
        X509Certificate bare = root.issue(
                TestAuthority.authority(new X500Name("CN=bare"), 77).withoutKeyIdentifier(),
                TestAuthority.newKeys(Curve.P256));
        assertCannotStand(nodeOus(root).addIntermediateCerts(pem(bare)), "no subject key identifier");
        assertThatThrownBy(() -> FabricMsp.of(MSPConfig.newBuilder().setType(1).build()))
                .isInstanceOf(MspConfigurationException.class);
    }

    private static void assertCannotStand(FabricMSPConfig.Builder config, String reason) {
        assertThatThrownBy(() -> FabricMsp.of(config.build()))
                .isInstanceOf(MspConfigurationException.class)
                .hasMessageContaining(reason);
    }

    private static ByteString pem(X509Certificate certificate) {
        return TestAuthority.pem(certificate);
    }

    private static ByteString der(X509CRL list) throws Exception {
        return ByteString.copyFrom(list.getEncoded());
    }

    private static FabricMSPConfig.Builder plain(TestAuthority root) {
        return FabricMSPConfig.newBuilder().setName(ID.value()).addRootCerts(root.pem());
    }

    private static FabricMSPConfig.Builder nodeOus(TestAuthority root) {
        return plain(root)
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client"))
                        .setPeerOuIdentifier(unit("peer"))
                        .setAdminOuIdentifier(unit("admin"))
                        .setOrdererOuIdentifier(unit("orderer")));
    }

    private static FabricOUIdentifier unit(String name) {
        return FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(name)
                .build();
    }

    private static ChannelMembership membership(FabricMSPConfig.Builder config) throws MspConfigurationException {
        return ChannelMembership.of(FabricMsp.of(config.build()));
    }

    private static Identity identity(ChannelMembership msp, X509Certificate certificate) throws IdentityException {
        return msp.deserialize(X509Identity.serialize(ID, certificate));
    }

    private static void assertInvalid(ChannelMembership msp, X509Certificate certificate, String reason)
            throws IdentityException {
        Identity identity = identity(msp, certificate);
        assertThatThrownBy(() -> msp.validate(identity))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining(reason);
    }

    private static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
