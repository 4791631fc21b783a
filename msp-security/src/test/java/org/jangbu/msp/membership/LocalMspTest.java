package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.testing.FabricNetwork;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMspTest {
    private static final MspId ID = new MspId("TestMSP");

    @TempDir
    Path folder;

    @Test
    void reads_what_a_real_network_has_and_signs() throws Exception {
        LocalMsp msp = FabricNetwork.peer(FabricNetwork.ORG1);
        SigningIdentity signer = msp.signingIdentity();
        ChannelMembership own = ChannelMembership.of(msp.msp());
        ByteString message = ByteString.copyFromUtf8("message");
        assertThat(own.deserialize(signer.serialized()).verifies(signer.sign(message), message))
                .isTrue();
        assertThat(new String(msp.channelConfig().toByteArray(), StandardCharsets.ISO_8859_1))
                .contains("BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE");
    }

    @Test
    void whoever_only_signs_needs_no_more_than_certificate_and_key() throws Exception {
        TestAuthority root = TestAuthority.root("root");
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        X509Certificate member = root.issue(root.leaf("member", "bank"), keys);
        certificate("cacerts/ca.pem", root.certificate());
        certificate("signcerts/cert.pem", member);
        write("keystore/priv_sk", key(keys));

        assertThatThrownBy(this::read).isInstanceOf(MspConfigurationException.class);
        assertThat(LocalMsp.signer(folder, ID).certificate()).isEqualTo(member);
        assertThat(LocalMsp.signer(folder, ID).mspId()).isEqualTo(ID);
    }

    @Test
    void reads_every_part_of_the_layout() throws Exception {
        TestAuthority root = TestAuthority.root("root");
        TestAuthority below = root.intermediate("below");
        TestAuthority tlsRoot = TestAuthority.root("tls");
        TestAuthority tlsBelow = tlsRoot.intermediate("tls below");
        KeyPair keys = TestAuthority.newKeys(Curve.P384);
        X509Certificate gone = below.member("gone", "bank");
        X509Certificate admin = below.issue(below.leaf("admin", "bank"), keys);
        certificate("cacerts/ca.pem", root.certificate());
        certificate("intermediatecerts/below.pem", below.certificate());
        certificate("admincerts/admin.pem", admin);
        certificate("signcerts/admin.pem", admin);
        write("keystore/old_sk", key(TestAuthority.newKeys(Curve.P256)));
        write("keystore/priv_sk", key(keys));
        certificate("tlscacerts/tls.pem", tlsRoot.certificate());
        certificate("tlsintermediatecerts/tls.pem", tlsBelow.certificate());
        write("crls/list.pem", pem("X509 CRL", below.revoke(gone).getEncoded()));
        write("cacerts/readme.txt", "not a certificate");
        write("config.yaml", """
                OrganizationalUnitIdentifiers:
                  - Certificate: intermediatecerts/below.pem
                    OrganizationalUnitIdentifier: bank
                """);
        LocalMsp msp = read();
        FabricMSPConfig config = FabricMSPConfig.parseFrom(msp.channelConfig().getConfig());
        assertThat(config.getRootCertsList()).hasSize(1);
        assertThat(config.getIntermediateCertsList()).hasSize(1);
        assertThat(config.getAdminsList()).hasSize(1);
        assertThat(config.getRevocationListList()).hasSize(1);
        assertThat(config.getTlsRootCertsList()).hasSize(1);
        assertThat(config.getTlsIntermediateCertsList()).hasSize(1);
        assertThat(config.getOrganizationalUnitIdentifiers(0).getOrganizationalUnitIdentifier())
                .isEqualTo("bank");
        assertThat(config.hasSigningIdentity()).isFalse();
        assertThat(msp.signingIdentity().certificate()).isEqualTo(admin);
        assertThat(read().channelConfig().toByteString())
                .isEqualTo(msp.channelConfig().toByteString());
        assertJudgesAlike(ChannelMembership.of(msp.msp()), below, admin, gone);
        assertJudgesAlike(ChannelMembership.of(List.of(msp.channelConfig())), below, admin, gone);
        assertThat(FabricMsp.of(msp.channelConfig()).tlsAuthorities())
                .containsExactly(tlsRoot.certificate(), tlsBelow.certificate());
    }

    /** Each kind of material says its part, whether it came from a folder or from a channel's configuration. */
    private static void assertJudgesAlike(
            ChannelMembership membership, TestAuthority below, X509Certificate admin, X509Certificate gone)
            throws Exception {
        assertThat(membership.roles(identity(membership, admin))).contains(MSPRoleType.ADMIN);
        assertThat(membership.roles(identity(membership, below.member("teller", "bank"))))
                .containsExactly(MSPRoleType.MEMBER);
        assertThat(membership.roles(identity(membership, below.member("stranger", "shop"))))
                .isEmpty();
        assertThatThrownBy(() -> membership.validate(identity(membership, gone)))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.REVOKED));
    }

    private static Identity identity(ChannelMembership membership, X509Certificate certificate) throws Exception {
        return membership.deserialize(X509Identity.serialize(ID, certificate));
    }

    @Test
    void says_what_is_missing() throws Exception {
        TestAuthority root = TestAuthority.root("root");
        assertThatThrownBy(this::read)
                .isInstanceOf(MspConfigurationException.class)
                .hasMessageContaining("at least one root");
        certificate("cacerts/ca.pem", root.certificate());
        nodeOus("cacerts/ca.pem");
        assertThatThrownBy(() -> read().signingIdentity())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("signcerts");
        certificate("signcerts/me.pem", root.member("me", "peer"));
        assertThatThrownBy(() -> read().signingIdentity())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keystore");
        write("keystore/priv_sk", key(TestAuthority.newKeys(Curve.P256)));
        assertThatThrownBy(() -> read().signingIdentity())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NodeOUs: [1, 2",
                "NodeOUs: 7",
                "- a\n- b",
                "!!java.net.URL [\"http://127.0.0.1/\"]",
                "a: &a [x]\nb: [*a, *a]",
                "NodeOUs:\n  Enable: true\n  PeerOUIdentifier: peer",
                "NodeOUs:\n  Enable: true\n  PeerOUIdentifier:\n    Certificate: ../../secret\n    OrganizationalUnitIdentifier: peer",
                "NodeOUs:\n  Enable: true\n  PeerOUIdentifier:\n    Certificate: cacerts/none.pem\n    OrganizationalUnitIdentifier: peer",
            })
    void refuses_a_configuration_that_is_not_one(String yaml) throws Exception {
        certificate("cacerts/ca.pem", TestAuthority.root("root").certificate());
        write("config.yaml", yaml);
        assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    }

    private LocalMsp read() throws IOException, MspConfigurationException {
        return LocalMsp.read(folder, ID);
    }

    private void nodeOus(String certificate) throws IOException {
        StringBuilder yaml = new StringBuilder("NodeOUs:\n  Enable: true\n");
        for (String role : new String[] {"Client", "Peer", "Admin", "Orderer"}) {
            yaml.append("  " + role + "OUIdentifier:\n    Certificate: " + certificate
                    + "\n    OrganizationalUnitIdentifier: " + role.toLowerCase(java.util.Locale.ROOT) + "\n");
        }
        write("config.yaml", yaml.toString());
    }

    private void certificate(String file, X509Certificate certificate) throws IOException {
        write(file, "Subject: somebody\n" + CertificateReader.pem(certificate));
    }

    private static String key(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private static String pem(String type, byte[] content) {
        return new Pem(type, ByteString.copyFrom(content)).text();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
