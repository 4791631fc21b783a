package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.MspId;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.testing.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityFolderTest {
    @TempDir
    Path parent;

    private final SettableClock clock = new SettableClock();

    @Test
    void what_is_written_is_read_again() throws Exception {
        AuthorityProfile profile = profile(TestRegistry.newName(), 7054);
        AuthorityCertificate certificate = RootAuthority.create("ca", clock);
        AuthorityFolder folder = new AuthorityFolder(parent.resolve("ca-org1"));
        folder.write(profile, certificate, "secret");
        assertThat(folder.profile()).isEqualTo(profile);
        assertThat(folder.certificate("secret").own()).isEqualTo(certificate.own());
        assertThatThrownBy(() -> folder.write(profile, certificate, "secret"))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void the_key_is_for_its_owner_alone_and_only_with_the_secret() throws Exception {
        AuthorityFolder folder = new AuthorityFolder(parent.resolve("ca-org1"));
        folder.write(profile(TestRegistry.newName(), 7054), RootAuthority.create("ca", clock), "secret");
        Path key = parent.resolve("ca-org1/ca-key.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> folder.certificate("other")).isInstanceOf(IOException.class);
    }

    @Test
    void a_key_that_belongs_to_another_certificate_is_refused() throws Exception {
        AuthorityFolder one = new AuthorityFolder(parent.resolve("one"));
        one.write(profile(TestRegistry.newName(), 1), RootAuthority.create("ca", clock), "secret");
        AuthorityFolder other = new AuthorityFolder(parent.resolve("other"));
        other.write(profile(TestRegistry.newName(), 2), RootAuthority.create("ca", clock), "secret");
        Files.copy(
                parent.resolve("one/ca-key.pem"),
                parent.resolve("other/ca-key.pem"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> other.certificate("secret")).hasMessageContaining("does not belong");
    }

    @Test
    void a_broken_profile_is_named() throws Exception {
        AuthorityFolder folder = new AuthorityFolder(parent.resolve("ca-org1"));
        folder.write(profile(TestRegistry.newName(), 7054), RootAuthority.create("ca", clock), "secret");
        Path file = parent.resolve("ca-org1/ca.properties");
        for (String broken : List.of(
                "name=../x\nmspId=A",
                "mspId=A",
                "name=a\nmspId=A\nport=70000",
                "name=a\nmspId=A\nmaxEnrollments=0",
                "name=a\nmspId=A\nport.default=true")) {
            Files.writeString(file, broken, StandardCharsets.UTF_8);
            assertThatThrownBy(folder::profile).isInstanceOf(IOException.class).hasMessageContaining("ca.properties");
        }
    }

    @Test
    void a_caller_finds_the_authority_that_it_means() throws Exception {
        AuthorityName one = TestRegistry.newName();
        AuthorityName two = TestRegistry.newName();
        write(one, 7054);
        write(two, 8054);
        HostedAuthorities hosted = open();
        assertThat(hosted.find("", 7054).name()).isEqualTo(one);
        assertThat(hosted.find(one.value(), 7054).name()).isEqualTo(one);
        assertThat(hosted.find(two.value(), 8080).name()).isEqualTo(two);
        assertNotFound(hosted, two.value(), 7054);
        assertNotFound(hosted, "", 8080);
        assertNotFound(hosted, "x", 8080);
        assertThat(hosted.ownPort(8054)).isTrue();
        assertThat(hosted.ownPort(8080)).isFalse();
        assertThat(Client.enroll(hosted.find("", 7054), "admin", "adminpw").certificate())
                .isNotNull();
    }

    @Test
    void of_several_at_one_port_the_default_is_meant_where_no_name_is_said() throws Exception {
        AuthorityName ca = TestRegistry.newName();
        AuthorityName tlsca = TestRegistry.newName();
        write(tlsca, 7054);
        write(ca, 7054);
        assertNotFound(open(), "", 7054);

        AuthorityName usual = TestRegistry.newName();
        write(usual, 7054, true);
        HostedAuthorities hosted = open();
        assertThat(hosted.find("", 7054).name()).isEqualTo(usual);
        assertThat(hosted.find(tlsca.value(), 7054).name()).isEqualTo(tlsca);
        assertNotFound(hosted, "", 8080);

        write(TestRegistry.newName(), 7054, true);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("default of its port");
    }

    private HostedAuthorities open() throws IOException {
        return HostedAuthorities.open(
                HostedAuthorities.folders(parent),
                "secret",
                opened -> TestRegistry.open(opened.name(), opened.certificate()),
                clock);
    }

    private static void assertNotFound(HostedAuthorities hosted, String name, int port) {
        AuthorityTest.assertRefused(404, CaError.CA_NOT_FOUND, () -> hosted.find(name, port));
    }

    @Test
    void a_registry_is_not_taken_over_by_another_key() throws Exception {
        AuthorityName name = TestRegistry.newName();
        TestRegistry.open(name, RootAuthority.create("ca", clock));
        AuthorityCertificate other = RootAuthority.create("ca", clock);
        assertThatThrownBy(() -> TestRegistry.open(name, other))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("another key");
    }

    @Test
    void a_server_without_authorities_has_none() throws Exception {
        assertThat(HostedAuthorities.folders(parent.resolve("ca"))).isEmpty();
        assertThat(HostedAuthorities.NONE.isEmpty()).isTrue();
    }

    private void write(AuthorityName name, int port) throws Exception {
        write(name, port, false);
    }

    private void write(AuthorityName name, int port, boolean unnamed) throws Exception {
        new AuthorityFolder(parent.resolve(name.value()))
                .write(profile(name, port, unnamed), RootAuthority.create("ca", clock), "secret");
    }

    private static AuthorityProfile profile(AuthorityName name, int port) {
        return profile(name, port, false);
    }

    private static AuthorityProfile profile(AuthorityName name, int port, boolean unnamed) {
        return new AuthorityProfile(
                name,
                new MspId("Org1MSP"),
                Optional.of(port),
                unnamed,
                new AuthoritySettings(-1, true),
                Optional.of(new AuthorityProfile.Administrator(new EnrollmentId("admin"), DerivedSecret.of("adminpw"))),
                List.of(new Affiliation("org1.department1")));
    }
}
