package org.jangbu.msp.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.testing.FabricNetwork;
import org.jangbu.msp.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedIdentitiesTest {
    private static final EnrollmentId USER = new EnrollmentId("User1@org1.example.com");
    private static final EnrollmentId ADMIN = new EnrollmentId("Admin@org1.example.com");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private ManagedIdentities identities;

    @BeforeEach
    void enroll() throws Exception {
        identities = open("secret");
        identities.enroll(USER, FabricNetwork.user(FabricNetwork.ORG1, "User1"), "userpw");
        identities.enroll(ADMIN, FabricNetwork.user(FabricNetwork.ORG1, "Admin"), "adminpw");
    }

    @Test
    void signs_for_whoever_has_the_password() throws Exception {
        Caller caller = identities.authenticate(USER.value(), "userpw").orElseThrow();
        assertThat(caller.groups()).containsExactly("client", "client@Org1MSP");
        assertThat(identities
                        .authenticate(ADMIN.value(), "adminpw")
                        .orElseThrow()
                        .groups())
                .containsExactly("admin", "admin@Org1MSP");
        SigningIdentity signer = identities.signer(caller);
        assertThat(signer.serialized()).isEqualTo(caller.serialized());
        ChannelMembership channel = FabricNetwork.channel();
        Identity identity = channel.deserialize(caller.serialized());
        channel.validate(identity);
        ByteString message = ByteString.copyFromUtf8("message");
        assertThat(identity.verifies(signer.sign(message), message)).isTrue();
    }

    @Test
    void refuses_wrong_names_and_passwords() {
        assertThat(identities.authenticate(USER.value(), "adminpw")).isEmpty();
        assertThat(identities.authenticate(USER.value(), "")).isEmpty();
        assertThat(identities.authenticate(USER.value(), "x".repeat(100_000))).isEmpty();
        assertThat(identities.authenticate("User2@org1.example.com", "userpw")).isEmpty();
        assertThat(identities.authenticate("../identities", "userpw")).isEmpty();
        assertThat(identities.authenticate("", "")).isEmpty();
        assertThat(ManagedIdentities.none().authenticate(USER.value(), "userpw"))
                .isEmpty();
    }

    @Test
    void finds_everybody_again_after_a_restart_and_with_the_same_secret_only() throws Exception {
        ManagedIdentities again = open("secret");
        assertThat(again.list()).containsExactly(ADMIN, USER);
        Caller caller = again.authenticate(USER.value(), "userpw").orElseThrow();
        assertThat(again.signer(caller).sign(ByteString.EMPTY)).isNotNull();
        assertThatThrownBy(() -> open("other secret"))
                .isInstanceOf(IdentityStoreException.class)
                .hasMessageContaining("another secret");
    }

    @Test
    void refuses_to_enroll_twice() {
        assertThatThrownBy(() -> identities.enroll(USER, FabricNetwork.user(FabricNetwork.ORG1, "Admin"), "otherpw"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(identities.authenticate(USER.value(), "userpw")).isPresent();
    }

    @Test
    void notices_every_change_of_its_files() throws Exception {
        Path user = folder.resolve(USER.value());
        Path admin = folder.resolve(ADMIN.value());
        assertNoticed(user.resolve("user.properties"), "client", "admin");
        assertNoticed(user.resolve("user.properties"), "Org1MSP", "Org2MSP");
        assertNoticed(user.resolve("user.properties"), password(user), password(admin));
        assertNoticed(
                user.resolve("cert.pem"),
                Files.readString(user.resolve("cert.pem")),
                Files.readString(admin.resolve("cert.pem")));
        assertNoticed(
                user.resolve("key.pem"),
                Files.readString(user.resolve("key.pem")),
                Files.readString(admin.resolve("key.pem")));
        assertThat(open("secret").authenticate(USER.value(), "userpw"))
                .as("all is restored")
                .isPresent();
        Files.move(user, folder.resolve("aside"));
        Files.move(admin, user);
        assertThatThrownBy(() -> open("secret").authenticate(USER.value(), "adminpw"))
                .as("a folder under another name")
                .isInstanceOf(IdentityStoreException.class);
    }

    private void assertNoticed(Path file, String from, String to) throws Exception {
        String before = Files.readString(file);
        String after = before.replace(from, to);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);
        assertThatThrownBy(() -> open("secret").authenticate(USER.value(), "userpw"))
                .isInstanceOf(IdentityStoreException.class)
                .hasMessageContaining("were changed");
        Files.writeString(file, before);
    }

    private static String password(Path user) throws Exception {
        return Files.readAllLines(user.resolve("user.properties")).stream()
                .filter(line -> line.startsWith("password="))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keeps_keys_encrypted_and_for_the_owner_only() throws Exception {
        Path user = folder.resolve(USER.value());
        assertThat(Files.readString(user.resolve("key.pem"))).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(Files.readString(user.resolve("user.properties"))).doesNotContain("userpw");
        for (String file : new String[] {"key.pem", "cert.pem", "user.properties"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(user.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void remembers_a_right_password_for_a_minute_at_almost_no_cost() {
        assertThat(identities.authenticate(USER.value(), "userpw")).isPresent();
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(identities.authenticate(USER.value(), "userpw")).isPresent();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("a hundred derivations would take more than ten seconds")
                .isLessThan(Duration.ofSeconds(5));
        assertThat(identities.authenticate(USER.value(), "wrong")).isEmpty();
    }

    @Test
    void refuses_a_name_after_five_wrong_passwords_until_the_minute_is_over() {
        for (int i = 0; i < 5; i++) {
            assertThat(identities.authenticate(USER.value(), "wrong" + i)).isEmpty();
        }
        assertThat(identities.authenticate(USER.value(), "userpw")).isEmpty();
        assertThat(identities.authenticate(ADMIN.value(), "adminpw"))
                .as("others are not touched")
                .isPresent();
        clock.advance(Duration.ofSeconds(61));
        assertThat(identities.authenticate(USER.value(), "userpw")).isPresent();
    }

    @Test
    void a_remembered_user_is_not_locked_out_by_others_guesses() {
        assertThat(identities.authenticate(USER.value(), "userpw")).isPresent();
        for (int i = 0; i < 6; i++) {
            assertThat(identities.authenticate(USER.value(), "wrong" + i)).isEmpty();
        }
        assertThat(identities.authenticate(USER.value(), "userpw")).isPresent();
    }

    @Test
    void finds_the_caller_of_a_later_request_by_its_principal() {
        assertThat(identities.caller(() -> USER.value()).orElseThrow().name().id())
                .isEqualTo(USER);
        assertThat(identities.caller(() -> "anonymous")).isEmpty();
        assertThat(identities.caller(() -> "../x")).isEmpty();
    }

    @Test
    void keeps_nobody_whose_name_has_gone_to_another() throws Exception {
        Caller caller = identities.authenticate(USER.value(), "userpw").orElseThrow();
        assertThat(identities.keeps(caller)).isTrue();
        ManagedIdentities elsewhere = open("secret");
        elsewhere.remove(USER);
        elsewhere.enroll(USER, FabricNetwork.user(FabricNetwork.ORG1, "Admin"), "userpw");
        assertThat(identities.keeps(caller)).as("another's key under that name").isFalse();
    }

    @Test
    void a_user_who_is_removed_is_forgotten_at_once() throws Exception {
        Caller caller = identities.authenticate(USER.value(), "userpw").orElseThrow();
        assertThat(identities.remove(USER)).isTrue();
        assertThat(identities.authenticate(USER.value(), "userpw"))
                .as("the password was right a moment ago")
                .isEmpty();
        assertThat(identities.caller(() -> USER.value())).isEmpty();
        assertThatThrownBy(() -> identities.signer(caller)).isInstanceOf(IdentityStoreException.class);
        assertThat(identities.list()).containsExactly(ADMIN);
        assertThat(identities.remove(USER)).isFalse();
        assertThat(identities.keeps(caller)).isFalse();
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("store.seal", ADMIN.value());
        }
    }

    @Test
    void a_user_whom_another_process_removed_or_enrolled_anew_is_not_remembered() throws Exception {
        Caller caller = identities.authenticate(USER.value(), "userpw").orElseThrow();
        assertThat(identities.signer(caller)).isNotNull();
        ManagedIdentities other = open("secret");
        assertThat(other.remove(USER)).isTrue();
        assertThat(identities.authenticate(USER.value(), "userpw")).isEmpty();
        other.enroll(USER, FabricNetwork.user(FabricNetwork.ORG1, "Admin"), "newpw");
        assertThat(identities.authenticate(USER.value(), "userpw")).isEmpty();
        Caller anew = identities.authenticate(USER.value(), "newpw").orElseThrow();
        assertThat(anew.groups()).containsExactly("admin", "admin@Org1MSP");
        assertThat(identities.signer(anew).serialized()).isEqualTo(anew.serialized());
    }

    private ManagedIdentities open(String secret) throws Exception {
        return ManagedIdentities.open(folder, secret, clock);
    }
}
