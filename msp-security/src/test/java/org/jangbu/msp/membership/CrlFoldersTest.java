package org.jangbu.msp.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrlFoldersTest {
    private static final MspId ID = new MspId("TestMSP");

    @TempDir
    Path home;

    private long nanos;
    private TestAuthority root;
    private X509CRL list;
    private ChannelMembership membership;
    private Identity member;
    private CrlFolders folders;
    private LocalRevocations local;
    private DoorCheck door;

    @BeforeEach
    void open() throws Exception {
        root = TestAuthority.root("root");
        X509Certificate certificate = root.member("member");
        list = root.revoke(certificate);
        membership = ChannelMembership.of(FabricMsp.of(FabricMSPConfig.newBuilder()
                .setName(ID.value())
                .addRootCerts(root.pem())
                .addAdmins(TestAuthority.pem(root.member("admin")))
                .build()));
        member = membership.deserialize(X509Identity.serialize(ID, certificate));
        folders = new CrlFolders(home, () -> nanos);
        local = new LocalRevocations(folders);
        door = new DoorCheck(Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC), local);
    }

    @Test
    void a_list_put_into_a_nodes_folder_counts_soon_without_a_restart() throws Exception {
        assertLetIn();
        write("nodes/peer0/msp/crls/list.pem", pem(list));
        assertLetIn();
        later();
        assertRevoked();
    }

    @Test
    void a_list_for_the_whole_server_may_be_pem_or_der() throws Exception {
        write("crls/list.der", list.getEncoded());
        later();
        assertRevoked();
        assertThat(local.current().size()).isOne();
    }

    @Test
    void several_lists_may_stand_in_one_file() throws Exception {
        byte[] other = pem(TestAuthority.root("other").revoke());
        byte[] both = ByteString.copyFrom(other)
                .concat(ByteString.copyFrom(pem(list)))
                .toByteArray();
        write("crls/lists.pem", both);
        later();
        assertRevoked();
        assertThat(local.current().size()).isEqualTo(2);
    }

    @Test
    void a_file_that_is_replaced_by_rubbish_keeps_what_it_said() throws Exception {
        write("crls/list.pem", pem(list));
        later();
        assertRevoked();
        write("crls/list.pem", java.util.Arrays.copyOf(pem(list), 100));
        later();
        assertRevoked();
    }

    @Test
    void rubbish_beside_a_list_does_not_keep_the_list_from_counting() throws Exception {
        write("crls/a.txt", "no list".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        write("crls/b.pem", new byte[0]);
        write("crls/c.pem", new byte[2 << 20]);
        write("crls/list.pem", pem(list));
        later();
        assertRevoked();
    }

    @Test
    void a_list_that_is_removed_counts_no_more() throws Exception {
        write("crls/list.pem", pem(list));
        later();
        assertRevoked();
        Files.delete(home.resolve("crls/list.pem"));
        later();
        assertLetIn();
    }

    @Test
    void news_stay_the_same_object_while_nothing_changes() throws Exception {
        write("crls/list.pem", pem(list));
        later();
        RevocationNews news = local.current();
        later();
        assertThat(local.current()).isSameAs(news);
    }

    @Test
    void a_source_that_joins_later_counts_too() throws Exception {
        assertLetIn();
        RevocationNews news = RevocationNews.of(java.util.List.of(list));
        local.add(() -> news);
        assertRevoked();
    }

    @Test
    void what_a_door_knows_changes_nothing_for_block_validation() throws Exception {
        write("crls/list.pem", pem(list));
        later();
        assertRevoked();
        assertThatCode(() -> membership.validate(member)).doesNotThrowAnyException();
    }

    private void assertLetIn() {
        assertThatCode(() -> door.check(membership, member)).doesNotThrowAnyException();
    }

    private void assertRevoked() {
        assertThatThrownBy(() -> door.check(membership, member))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.REVOKED));
    }

    private void later() {
        nanos += CrlFolders.LOOK_AGAIN.toNanos() + 1;
    }

    private static byte[] pem(X509CRL list) throws Exception {
        return ByteString.copyFromUtf8(new Pem("X509 CRL", ByteString.copyFrom(list.getEncoded())).text())
                .toByteArray();
    }

    private void write(String file, byte[] content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        // A file system may tell times more coarsely than this test runs.
        Files.setLastModifiedTime(path, FileTime.fromMillis(nanos / 1_000_000 + 1_000_000));
    }
}
