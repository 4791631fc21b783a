package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.CombinedPrincipal;
import org.hyperledger.fabric.protos.common.MSPIdentityAnonymity;
import org.hyperledger.fabric.protos.common.MSPIdentityAnonymity.MSPIdentityAnonymityType;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPPrincipal.Classification;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.msp.testing.FabricNetwork;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelMembershipTest {
    private ChannelMembership channel;
    private SigningIdentity peer1;
    private Identity peer;
    private Identity user;
    private Identity admin;
    private Identity orderer;

    @BeforeEach
    void open() throws Exception {
        channel = FabricNetwork.channel();
        peer1 = FabricNetwork.peer(FabricNetwork.ORG1).signingIdentity();
        peer = channel.deserialize(peer1.serialized());
        user = member(FabricNetwork.user(FabricNetwork.ORG1, "User1"));
        admin = member(FabricNetwork.user(FabricNetwork.ORG1, "Admin"));
        orderer = member(FabricNetwork.orderer());
    }

    private Identity member(LocalMsp msp) throws Exception {
        return channel.deserialize(msp.signingIdentity().serialized());
    }

    @Test
    void knows_its_msps() {
        assertThat(channel.mspIds())
                .containsExactlyInAnyOrder(FabricNetwork.ORDERER, FabricNetwork.ORG1, FabricNetwork.ORG2);
        assertThat(channel.msp(FabricNetwork.ORG1).orElseThrow().tlsAuthorities())
                .hasSize(1);
        assertThat(channel.msp(new MspId("Org9MSP"))).isEmpty();
    }

    @Test
    void refuses_identities_of_other_msps() throws Exception {
        ByteString stranger = X509Identity.serialize(new MspId("Org9MSP"), peer.certificate());
        assertThatThrownBy(() -> channel.deserialize(stranger))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.UNKNOWN_MSP));
        Identity wrongMsp = channel.deserialize(X509Identity.serialize(FabricNetwork.ORG2, peer.certificate()));
        assertThatThrownBy(() -> channel.validate(wrongMsp)).isInstanceOf(IdentityException.class);
        assertThat(channel.satisfies(wrongMsp, role("Org2MSP", MSPRoleType.MEMBER)))
                .isFalse();
        assertThat(channel.satisfies(wrongMsp, role("Org1MSP", MSPRoleType.MEMBER)))
                .isFalse();
    }

    @Test
    void tells_roles() {
        for (MSPRoleType role : List.of(
                MSPRoleType.MEMBER, MSPRoleType.ADMIN, MSPRoleType.CLIENT, MSPRoleType.PEER, MSPRoleType.ORDERER)) {
            boolean member = role == MSPRoleType.MEMBER;
            assertThat(channel.satisfies(peer, role("Org1MSP", role))).isEqualTo(member || role == MSPRoleType.PEER);
            assertThat(channel.satisfies(user, role("Org1MSP", role))).isEqualTo(member || role == MSPRoleType.CLIENT);
            assertThat(channel.satisfies(admin, role("Org1MSP", role))).isEqualTo(member || role == MSPRoleType.ADMIN);
            assertThat(channel.satisfies(orderer, role("OrdererMSP", role)))
                    .isEqualTo(member || role == MSPRoleType.ORDERER);
            assertThat(channel.satisfies(peer, role("Org2MSP", role))).isFalse();
        }
    }

    @Test
    void tells_organizational_units_with_their_certifiers() throws Exception {
        // This root's own signature has high s, as Go makes them; Fabric hashes the certificate with low s.
        var root = CertificateReader.first(Files.readAllBytes(
                FabricNetwork.organization(FabricNetwork.ORG1).resolve("ca/ca.org1.example.com-cert.pem")));
        ByteString certifiers = Sha256.of(TestAuthority.lowS(root));
        assertThat(channel.satisfies(peer, unit("Org1MSP", "peer", certifiers))).isTrue();
        assertThat(channel.satisfies(peer, unit("Org1MSP", "client", certifiers)))
                .isFalse();
        assertThat(channel.satisfies(peer, unit("Org2MSP", "peer", certifiers))).isFalse();
        assertThat(channel.satisfies(peer, unit("Org1MSP", "peer", ByteString.EMPTY)))
                .isFalse();
    }

    @Test
    void tells_one_identity_from_others() {
        assertThat(channel.satisfies(peer, principal(Classification.IDENTITY, peer.serialized())))
                .isTrue();
        assertThat(channel.satisfies(user, principal(Classification.IDENTITY, peer.serialized())))
                .isFalse();
        assertThat(channel.satisfies(peer, principal(Classification.IDENTITY, ByteString.copyFromUtf8("?"))))
                .isFalse();
    }

    @Test
    void an_x509_identity_is_never_anonymous() {
        assertThat(channel.satisfies(peer, anonymity(MSPIdentityAnonymityType.NOMINAL)))
                .isTrue();
        assertThat(channel.satisfies(peer, anonymity(MSPIdentityAnonymityType.ANONYMOUS)))
                .isFalse();
    }

    @Test
    void a_combined_principal_asks_for_all_of_its_parts() {
        MSPPrincipal member = role("Org1MSP", MSPRoleType.MEMBER);
        MSPPrincipal isPeer = role("Org1MSP", MSPRoleType.PEER);
        assertThat(channel.satisfies(peer, combined(member, isPeer))).isTrue();
        assertThat(channel.satisfies(user, combined(member, isPeer))).isFalse();
        assertThat(channel.satisfies(peer, combined())).isFalse();
        assertThat(channel.satisfies(peer, combined(combined(member), combined(combined(isPeer)))))
                .isTrue();
        MSPPrincipal deep = member;
        for (int i = 0; i < 5_000; i++) {
            deep = combined(deep);
        }
        assertThat(channel.satisfies(peer, deep)).isFalse();
    }

    @Test
    void nobody_satisfies_what_cannot_be_read() {
        ByteString garbage = ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2});
        for (int kind = 0; kind < 8; kind++) {
            MSPPrincipal principal = MSPPrincipal.newBuilder()
                    .setPrincipalClassificationValue(kind)
                    .setPrincipal(garbage)
                    .build();
            assertThat(channel.satisfies(peer, principal)).isFalse();
        }
        assertThat(channel.satisfies(peer, roleValue("Org1MSP", 17))).isFalse();
    }

    @Test
    void two_spellings_of_one_certificate_are_one_signer() throws Exception {
        String pem = CertificateReader.pem(peer1.certificate());
        ByteString otherSpelling =
                X509Identity.serialize(FabricNetwork.ORG1, ByteString.copyFromUtf8(pem.replace("\n", "\r\n")));
        ByteString data = ByteString.copyFromUtf8("data");
        SignedData first = new SignedData(List.of(data), peer1.serialized(), peer1.sign(data));
        SignedData second = new SignedData(List.of(data), otherSpelling, peer1.sign(data));
        SignaturePolicy one = SignaturePolicy.of(PolicyLanguage.parse("OR('Org1MSP.peer')"), channel);
        SignaturePolicy two = SignaturePolicy.of(PolicyLanguage.parse("AND('Org1MSP.peer', 'Org1MSP.peer')"), channel);
        assertThat(one.isSatisfiedBySignatures(List.of(second))).isTrue();
        assertThat(two.isSatisfiedBySignatures(List.of(first, second))).isFalse();
    }

    @Test
    void an_invalid_identity_with_a_good_signature_counts_for_nothing() throws Exception {
        TestAuthority forged = TestAuthority.root("ca.org1.example.com");
        var keys = TestAuthority.newKeys(org.jangbu.msp.crypto.Curve.P256);
        ByteString identity =
                X509Identity.serialize(FabricNetwork.ORG1, forged.issue(forged.leaf("peer9", "peer"), keys));
        ByteString data = ByteString.copyFromUtf8("data");
        ByteString signature =
                org.jangbu.msp.crypto.SigningKey.of(keys.getPrivate()).sign(data);
        assertThat(channel.deserialize(identity).verifies(signature, data)).isTrue();
        SignaturePolicy any = SignaturePolicy.of(PolicyLanguage.parse("OR('Org1MSP.member')"), channel);
        assertThat(any.isSatisfiedBySignatures(List.of(new SignedData(List.of(data), identity, signature))))
                .isFalse();
    }

    @Test
    void a_flood_of_strangers_does_not_push_members_out() throws Exception {
        TestAuthority strangers = TestAuthority.root("strangers");
        for (int i = 0; i < 600; i++) {
            channel.deserialize(X509Identity.serialize(FabricNetwork.ORG1, strangers.member("s" + i, "peer")));
        }
        assertThat(channel.deserialize(peer.serialized())).isSameAs(peer);
    }

    @Test
    void the_same_msp_may_be_named_twice_but_two_must_not_share_an_id() throws Exception {
        List<MSPConfig> configs = FabricNetwork.mspConfigs();
        MSPConfig org1 = LocalMsp.read(
                        FabricNetwork.organization(FabricNetwork.ORG1).resolve("msp"), FabricNetwork.ORG1)
                .channelConfig();
        MSPConfig impostor = LocalMsp.read(
                        FabricNetwork.organization(FabricNetwork.ORG2).resolve("msp"), FabricNetwork.ORG1)
                .channelConfig();
        assertThat(ChannelMembership.of(List.of(org1, org1)).mspIds()).isEqualTo(Set.of(FabricNetwork.ORG1));
        assertThatThrownBy(() -> ChannelMembership.of(List.of(configs.get(0), org1, impostor)))
                .isInstanceOf(MspConfigurationException.class)
                .hasMessageContaining("Org1MSP");
    }

    private static MSPPrincipal role(String mspId, MSPRoleType role) {
        return roleValue(mspId, role.getNumber());
    }

    private static MSPPrincipal roleValue(String mspId, int role) {
        return principal(
                Classification.ROLE,
                MSPRole.newBuilder().setMspIdentifier(mspId).setRoleValue(role).build());
    }

    private static MSPPrincipal unit(String mspId, String name, ByteString certifiers) {
        return principal(
                Classification.ORGANIZATION_UNIT,
                OrganizationUnit.newBuilder()
                        .setMspIdentifier(mspId)
                        .setOrganizationalUnitIdentifier(name)
                        .setCertifiersIdentifier(certifiers)
                        .build());
    }

    private static MSPPrincipal anonymity(MSPIdentityAnonymityType type) {
        return principal(
                Classification.ANONYMITY,
                MSPIdentityAnonymity.newBuilder().setAnonymityType(type).build());
    }

    private static MSPPrincipal combined(MSPPrincipal... parts) {
        return principal(
                Classification.COMBINED,
                CombinedPrincipal.newBuilder().addAllPrincipals(List.of(parts)).build());
    }

    private static MSPPrincipal principal(Classification kind, MessageLite content) {
        return principal(kind, content.toByteString());
    }

    private static MSPPrincipal principal(Classification kind, ByteString content) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(kind)
                .setPrincipal(content)
                .build();
    }
}
