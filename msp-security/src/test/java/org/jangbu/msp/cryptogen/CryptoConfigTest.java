package org.jangbu.msp.cryptogen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptoConfigTest {
    @TempDir
    Path folder;

    @Test
    void reads_all_that_fabrics_description_has() throws Exception {
        List<OrganizationSpec> organizations = CryptoConfig.parse("""
                OrdererOrgs:
                  - Name: Orderer
                    Domain: example.com
                    EnableNodeOUs: true
                    Specs:
                      - Hostname: orderer
                      - Hostname: second
                        CommonName: "{{.Hostname}}-orderer.{{ .Domain }}"
                        SANS: ["{{.CommonName}}.internal", 10.1.2.3]
                PeerOrgs:
                  - Name: Org1
                    MSPID: FirstMSP
                    Domain: org1.example.com
                    PublicKeyAlgorithm: ecdsa
                    CA:
                      Hostname: authority
                      Country: KR
                      Province: ""
                      Locality: Seoul
                      OrganizationalUnit: Security
                      StreetAddress: 1 Long Road
                      PostalCode: 04524
                    Template:
                      Count: 2
                      Start: 5
                      Hostname: "{{.Prefix}}-{{.Index}}"
                      SANS: ["{{.Hostname}}.lan"]
                    Users:
                      Count: 2
                      Specs:
                        - Name: Alice
                """);
        assertThat(organizations).hasSize(2);
        OrganizationSpec orderer = organizations.get(0);
        assertThat(orderer.kind()).isEqualTo(OrganizationSpec.Kind.ORDERER);
        assertThat(orderer.mspId()).isEqualTo(new MspId("OrdererMSP"));
        assertThat(orderer.nodeOus()).isTrue();
        assertThat(orderer.authority()).isEqualTo(AuthoritySpec.USUAL);
        assertThat(orderer.nodes())
                .extracting(node -> node.name().value())
                .containsExactly("orderer.example.com", "second-orderer.example.com");
        assertThat(orderer.nodes().get(1).hosts())
                .containsExactly("second", "second-orderer.example.com.internal", "10.1.2.3");
        OrganizationSpec org1 = organizations.get(1);
        assertThat(org1.mspId()).isEqualTo(new MspId("FirstMSP"));
        assertThat(org1.nodeOus()).isFalse();
        assertThat(org1.authority())
                .isEqualTo(new AuthoritySpec("authority", "KR", "", "Seoul", "Security", "1 Long Road", "2388"));
        assertThat(org1.nodes())
                .extracting(node -> node.name().value())
                .containsExactly("peer-5.org1.example.com", "peer-6.org1.example.com");
        assertThat(org1.nodes().get(0).hosts()).containsExactly("peer-5", "peer-5.lan");
        assertThat(org1.users()).containsExactly("User1", "User2", "Alice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | names and values",
                "7 | names and values",
                "[a] | names and values",
                "PeerOrgs: 7 | PeerOrgs: must be a list",
                "PeerOrgs: [] | names no organisation",
                "`PeerOrgs: [{Name: Org1` | not readable as YAML",
                "`a: &a [x]\nb: [*a, *a]` | not readable as YAML",
                "`PeerOrgs: []\nPeerOrgs: []` | not readable as YAML",
                "`PeerOrgs: [!!java.net.URL [\"http://127.0.0.1/\"]]` | not readable as YAML",
                "`PeerOrg: []` | 'PeerOrg' is none of [OrdererOrgs, PeerOrgs]",
                "`PeerOrgs: [7]` | PeerOrgs[0]: must have names and values",
                "`PeerOrgs: [{Name: Org1}]` | PeerOrgs[0].Domain: must be a text",
                "`PeerOrgs: [{Domain: a.b}]` | PeerOrgs[0].Name: must be a text",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, EnableNodeOU: true}]` | 'EnableNodeOU' is none of",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, EnableNodeOUs: maybe}]` | EnableNodeOUs: must be true or false",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, NodeUnits: true}]` | units of nodes need NodeOUs",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, EnableNodeOUs: true, NodeUnits: true, Specs: [{Hostname: a23456789012345678901234567890123456789012345678901234567}]}]` | at most 59",
                "`PeerOrgs: [{Name: Org1, Domain: ../../etc}]` | PeerOrgs[0]: not a node name",
                "`PeerOrgs: [{Name: 'Org 1', Domain: a.b}]` | PeerOrgs[0]:",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, PublicKeyAlgorithm: ed25519}]` | only ecdsa",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Template: {Count: -1}}]` | Template.Count: must be a number from 0",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Template: {Count: 100000}}]` | from 0 to 1000",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Template: {Count: 1.5}}]` | must be a number",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Template: {Count: 2, Hostname: peer}}]` | two nodes peer.a.b",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Template: {Count: 1, Hostname: '{{.Host}}'}}]` | {{.Host}} means nothing here; [Index, Prefix] do",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Template: {Count: 1, Hostname: '{{range .}}'}}]` | double braces",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Specs: [{Hostname: A_B}]}]` | Specs[0]: not a node name",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Specs: [{Hostname: a, SANS: ['x y']}]}]` | Specs[0]: not a host name",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Specs: [{}]}]` | Specs[0].Hostname: must be a text",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Users: {Count: many}}]` | Users.Count: must be a number",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Users: {Specs: [{Name: Admin}]}}]` | not a name for a user",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, Users: {Count: 1, Specs: [{Name: User1}]}}]` | two users",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, CA: {Country: Korea}}]` | two letters",
                "`PeerOrgs: [{Name: Org1, Domain: a.b, CA: {Hostname: a/b}}]` | not a host name for an authority",
                "`PeerOrgs: [{Name: Org1, Domain: a.b}, {Name: Org2, Domain: a.b}]` | two organisations have the domain a.b",
                "`PeerOrgs: [{Name: Org1, Domain: a.b}, {Name: Org1, Domain: b.c}]` | have the MSP id Org1MSP"
            })
    void tells_what_is_wrong_and_where(String yaml, String reason) {
        assertThatThrownBy(() -> CryptoConfig.parse(yaml))
                .isInstanceOf(CryptoConfigException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refuses_what_is_too_long_or_too_deep() throws Exception {
        Path file = Files.writeString(folder.resolve("long.yaml"), "# " + "x".repeat(300_000));
        assertThatThrownBy(() -> CryptoConfig.read(file))
                .isInstanceOf(CryptoConfigException.class)
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> CryptoConfig.parse("a: ".repeat(1) + "[".repeat(5000)))
                .isInstanceOf(CryptoConfigException.class);
    }

    @Test
    void what_is_made_says_what_was_described() throws Exception {
        Path made = folder.resolve("made");
        NetworkMaterial.generate(made, CryptoConfig.parse("""
                PeerOrgs:
                  - Name: Org1
                    Domain: org1.example.com
                    CA: {Hostname: authority, Country: KR, Province: "", Locality: Seoul, OrganizationalUnit: Security}
                    Template: {Count: 1, SANS: ["{{.Hostname}}.lan", "10.1.2.3", "fe80::1"]}
                    Users: {Count: 1}
                """), Clock.systemUTC());
        Path org = made.resolve("peerOrganizations/org1.example.com");
        X509Certificate authority = certificate(org.resolve("ca/authority.org1.example.com-cert.pem"));
        assertThat(authority.getSubjectX500Principal().getName())
                .isEqualTo("CN=authority.org1.example.com,OU=Security,O=org1.example.com,L=Seoul,C=KR");
        X509Certificate tls = certificate(org.resolve("peers/peer0.org1.example.com/tls/server.crt"));
        assertThat(tls.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .containsExactly(
                        "peer0.org1.example.com",
                        "peer0",
                        "peer0.lan",
                        "10.1.2.3",
                        "fe80:0:0:0:0:0:0:1",
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1");
    }

    @Test
    void where_asked_for_certificates_name_their_nodes_as_policies_do() throws Exception {
        Path made = folder.resolve("made");
        NetworkMaterial.generate(made, CryptoConfig.parse("""
                PeerOrgs:
                  - {Name: Org1, Domain: a.b, EnableNodeOUs: true, NodeUnits: true, Template: {Count: 1}, Users: {Count: 1}}
                  - {Name: Org2, Domain: c.d, EnableNodeOUs: true, Template: {Count: 1}}
                """), Clock.systemUTC());
        Path org = made.resolve("peerOrganizations/a.b");
        assertThat(units(org.resolve("peers/peer0.a.b/msp/signcerts/peer0.a.b-cert.pem")))
                .containsExactly("peer", "node:peer0.a.b");
        assertThat(units(org.resolve("users/User1@a.b/msp/signcerts/User1@a.b-cert.pem")))
                .containsExactly("client");
        assertThat(units(org.resolve("peers/peer0.a.b/tls/server.crt"))).containsExactly("peer");
        assertThat(units(org.resolve("users/Admin@a.b/tls/client.crt"))).containsExactly("admin");
        Path other = made.resolve("peerOrganizations/c.d/peers/peer0.c.d");
        assertThat(units(other.resolve("msp/signcerts/peer0.c.d-cert.pem"))).containsExactly("peer");
        assertThat(units(other.resolve("tls/server.crt"))).isEmpty();
        assertRoles(org, "peers/peer0.a.b", MSPRoleType.MEMBER, MSPRoleType.PEER);
    }

    private static List<String> units(Path file) throws Exception {
        return CertificateExtensions.organizationalUnits(certificate(file));
    }

    @Test
    void without_node_ous_administrators_are_listed_and_nobody_has_another_role() throws Exception {
        Path made = folder.resolve("made");
        NetworkMaterial.generate(
                made,
                CryptoConfig.parse(
                        "PeerOrgs: [{Name: Org1, Domain: org1.example.com, Template: {Count: 1}, Users: {Count: 1}}]"),
                Clock.systemUTC());
        Path org = made.resolve("peerOrganizations/org1.example.com");
        assertThat(org.resolve("msp/config.yaml")).doesNotExist();
        assertRoles(org, "users/Admin@org1.example.com", MSPRoleType.MEMBER, MSPRoleType.ADMIN);
        assertRoles(org, "users/User1@org1.example.com", MSPRoleType.MEMBER);
        assertRoles(org, "peers/peer0.org1.example.com", MSPRoleType.MEMBER);
    }

    private static void assertRoles(Path org, String member, MSPRoleType... roles) throws Exception {
        MspId id = new MspId("Org1MSP");
        ChannelMembership channel = ChannelMembership.of(
                List.of(LocalMsp.read(org.resolve("msp"), id).channelConfig()));
        KeySigningIdentity signer =
                LocalMsp.read(org.resolve(member).resolve("msp"), id).signingIdentity();
        Identity identity = channel.deserialize(signer.serialized());
        channel.validate(identity);
        assertThat(channel.roles(identity)).containsExactlyInAnyOrder(roles);
    }

    private static X509Certificate certificate(Path file) throws Exception {
        return CertificateReader.only(Files.readAllBytes(file));
    }
}
