package org.jangbu.msp.cryptogen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.Expiry;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkMaterialTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void has_the_files_of_a_real_network() throws Exception {
        Path made = generate();
        List<String> tls = files(made).filter(file -> file.contains("/tls/")).toList();
        assertThat(files(made).filter(file -> !file.contains("/tls/")))
                .containsExactlyInAnyOrderElementsOf(
                        files(FabricNetwork.file("crypto")).toList());
        assertThat(tls)
                .contains(
                        "ordererOrganizations/example.com/orderers/orderer.example.com/tls/ca.crt",
                        "ordererOrganizations/example.com/orderers/orderer.example.com/tls/server.crt",
                        "ordererOrganizations/example.com/orderers/orderer.example.com/tls/server.key",
                        "peerOrganizations/org1.example.com/users/User1@org1.example.com/tls/ca.crt",
                        "peerOrganizations/org1.example.com/users/User1@org1.example.com/tls/client.crt",
                        "peerOrganizations/org1.example.com/users/User1@org1.example.com/tls/client.key")
                .hasSize(3 * 8);
    }

    @Test
    void members_are_valid_have_their_roles_and_can_sign() throws Exception {
        Path organizations = generate();
        Path org1 = organizations.resolve("peerOrganizations/org1.example.com");
        MspId id = new MspId("Org1MSP");
        ChannelMembership channel = ChannelMembership.of(
                List.of(LocalMsp.read(org1.resolve("msp"), id).channelConfig()));
        assertRole(channel, org1.resolve("peers/peer0.org1.example.com/msp"), MSPRoleType.PEER);
        assertRole(channel, org1.resolve("users/User1@org1.example.com/msp"), MSPRoleType.CLIENT);
        assertRole(channel, org1.resolve("users/Admin@org1.example.com/msp"), MSPRoleType.ADMIN);
    }

    private static void assertRole(ChannelMembership channel, Path msp, MSPRoleType role) throws Exception {
        SigningIdentity signer = LocalMsp.read(msp, new MspId("Org1MSP")).signingIdentity();
        Identity identity = channel.deserialize(signer.serialized());
        channel.validate(identity);
        Expiry.checkNotExpired(identity, NOW);
        assertThat(channel.roles(identity)).containsExactlyInAnyOrder(MSPRoleType.MEMBER, role);
        ByteString message = ByteString.copyFromUtf8("message");
        assertThat(identity.verifies(signer.sign(message), message)).isTrue();
    }

    @Test
    void tls_certificates_are_valid_for_the_node_and_for_this_machine() throws Exception {
        Path tls = generate().resolve("peerOrganizations/org2.example.com/peers/peer0.org2.example.com/tls");
        X509Certificate server = CertificateReader.only(Files.readAllBytes(tls.resolve("server.crt")));
        X509Certificate authority = CertificateReader.only(Files.readAllBytes(tls.resolve("ca.crt")));
        server.verify(authority.getPublicKey());
        assertThat(server.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .containsExactly("peer0.org2.example.com", "peer0", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void only_the_owner_may_read() throws Exception {
        Path made = generate();
        try (Stream<Path> all = Files.walk(made)) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                String name = path.getFileName().toString();
                if (Files.isDirectory(path)) {
                    assertThat(mode).as(name).isEqualTo("rwx------");
                } else if (name.equals("priv_sk") || name.endsWith(".key")) {
                    assertThat(mode).as(name).isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void never_overwrites_and_leaves_nothing_behind_when_it_fails() throws Exception {
        Path made = generate();
        assertThatThrownBy(this::generate).isInstanceOf(FileAlreadyExistsException.class);
        OrganizationSpec twice = new OrganizationSpec(
                OrganizationSpec.Kind.PEER,
                new MspId("Org1MSP"),
                "org1.example.com",
                List.of(new NodeName("peer0.org1.example.com"), new NodeName("peer0.org1.example.com")),
                List.of());
        Path other = folder.resolve("other");
        assertThatThrownBy(() -> NetworkMaterial.generate(other, List.of(twice), CLOCK))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder).isDirectoryContaining(path -> path.equals(made));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(made);
        }
    }

    @Test
    void refuses_names_that_are_no_folders() {
        assertThatThrownBy(() -> spec("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec("Admin")).isInstanceOf(IllegalArgumentException.class);
    }

    private static OrganizationSpec spec(String user) {
        return new OrganizationSpec(
                OrganizationSpec.Kind.PEER, new MspId("M"), "example.com", List.of(), List.of(user));
    }

    private Path generate() throws IOException {
        Path organizations = folder.resolve("organizations");
        NetworkMaterial.generate(
                organizations,
                List.of(
                        new OrganizationSpec(
                                OrganizationSpec.Kind.ORDERER,
                                new MspId("OrdererMSP"),
                                "example.com",
                                List.of(new NodeName("orderer.example.com")),
                                List.of()),
                        peers(1),
                        peers(2)),
                CLOCK);
        return organizations;
    }

    private static OrganizationSpec peers(int number) {
        String domain = "org" + number + ".example.com";
        return new OrganizationSpec(
                OrganizationSpec.Kind.PEER,
                new MspId("Org" + number + "MSP"),
                domain,
                List.of(new NodeName("peer0." + domain)),
                List.of("User1"));
    }

    private static Stream<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .toList()
                    .stream();
        }
    }
}
