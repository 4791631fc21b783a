package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.VerifyingKey;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.realm.Caller;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.Doorkeeper;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.realm.KnownMsps;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.msp.realm.SignInRefusedException;
import org.jangbu.msp.realm.SignInUnavailableException;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in with the id and secret that an authority knows: who passes, as whom, how often a key is made, and what ends it. */
@SuppressWarnings("NullAway.Init") // set before each test
class AuthoritySignInTest extends AuthorityTest {
    private static final String ALICE = "Org1MSP/alice";

    @TempDir
    Path folder;

    private CertificateAuthority other;
    private ManagedIdentities identities;
    private List<CertificateAuthority> asked;
    private List<Membership> msps;

    @BeforeEach
    void openIdentities() throws Exception {
        AuthorityCertificate root = newRoot();
        AuthorityName another = TestRegistry.newName();
        other = new CertificateAuthority(
                another, new MspId("Org2MSP"), root, AuthoritySettings.USUAL, TestRegistry.open(another, root), clock);
        other.bootstrap(new EnrollmentId("admin"), DerivedSecret.of(SECRET), List.of());
        asked = new ArrayList<>(List.of(authority, other));
        msps = new ArrayList<>(List.of(msp("Org1MSP", certificate), msp("Org2MSP", root)));
        identities = restarted();
        register("alice", "client", Optional.empty());
    }

    @Test
    void whoever_is_registered_acts_as_a_managed_identity_of_its_own() throws Exception {
        Caller alice = identities.authenticate("alice", "alicepw").orElseThrow();
        assertThat(alice.name()).hasToString(ALICE);
        assertThat(alice.groups()).containsExactly("client", "client@Org1MSP");
        assertThat(identities.authenticate(ALICE, "alicepw").orElseThrow().serialized())
                .isEqualTo(alice.serialized());
        assertThat(identities.caller(() -> ALICE).orElseThrow().serialized()).isEqualTo(alice.serialized());
        SigningIdentity signer = identities.signer(alice);
        ByteString message = ByteString.copyFromUtf8("message");
        assertThat(VerifyingKey.of(signer.certificate().getPublicKey()).verifies(signer.sign(message), message))
                .isTrue();
        assertThat(issuedTo("alice")).containsExactly(CertificateReader.pem(signer.certificate()));
        assertThat(Files.readString(folder.resolve("Org1MSP+alice/user.properties")))
                .contains("authority=" + name)
                .doesNotContain("password");

        Caller again = restarted().authenticate("alice", "alicepw").orElseThrow();
        assertThat(again.serialized()).as("after a restart").isEqualTo(alice.serialized());
        assertThat(issuedTo("alice")).hasSize(1);
    }

    @Test
    void of_many_first_requests_one_enrols() throws Exception {
        List<Callable<ByteString>> requests = Stream.<Callable<ByteString>>generate(() -> () -> identities
                        .authenticate("alice", "alicepw")
                        .orElseThrow()
                        .serialized())
                .limit(8)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<ByteString> found = new ArrayList<>();
            for (Future<ByteString> one : threads.invokeAll(requests)) {
                found.add(one.get());
            }
            assertThat(found).containsOnly(found.get(0));
        } finally {
            threads.shutdownNow();
        }
        assertThat(issuedTo("alice")).hasSize(1);
    }

    @Test
    void wrong_secrets_are_refused_and_counted_as_the_authority_counts_them() throws Exception {
        assertThat(identities.authenticate("nobody", "x")).isEmpty();
        assertThat(identities.authenticate("Org3MSP/alice", "alicepw")).isEmpty();
        assertThat(identities.authenticate("Org2MSP/alice", "alicepw")).isEmpty();
        assertThat(identities.authenticate("../alice", "alicepw")).isEmpty();
        for (int minute = 0; minute < 2; minute++) {
            for (int i = 0; i < 5; i++) {
                assertThat(identities.authenticate("alice", "wrong" + i)).isEmpty();
            }
            assertThat(identities.authenticate("alice", "alicepw"))
                    .as("refused for the rest of the minute")
                    .isEmpty();
            clock.advance(Duration.ofMinutes(1));
        }
        assertRefused(401, CaError.TOO_MANY_FAILURES, () -> Client.enroll(authority, "alice", "alicepw"));
        assertThat(identities.authenticate("alice", "alicepw")).isEmpty();
        assertThat(issuedTo("alice")).isEmpty();
        clock.advance(Failures.PAUSE);
        assertThat(identities.authenticate("alice", "alicepw")).isPresent();
        assertThat(registered("alice").failures()).isEqualTo(Failures.NONE);
    }

    @Test
    void a_right_secret_forgives_wrong_ones_without_another_enrolment() throws Exception {
        assertThat(identities.authenticate("alice", "alicepw")).isPresent();
        clock.advance(Duration.ofMinutes(2));
        assertThat(identities.authenticate("alice", "wrong")).isEmpty();
        assertThat(registered("alice").failures().count()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(identities.authenticate("alice", "alicepw")).isPresent();
        assertThat(registered("alice").failures()).isEqualTo(Failures.NONE);
        assertThat(registered("alice").enrollments()).isEqualTo(1);
    }

    @Test
    void whoever_is_revoked_or_removed_is_out_at_once_though_remembered() throws Exception {
        Caller alice = identities.authenticate("alice", "alicepw").orElseThrow();
        admin.call(session -> session.revoke(new RevocationRequest("alice", "", "", "", false)));
        assertThat(identities.authenticate("alice", "alicepw")).isEmpty();
        assertThatThrownBy(() -> door().check(alice.serialized())).hasMessageContaining("revoked");
        assertThat(issuedTo("alice")).hasSize(1);

        register("bob", "client", Optional.empty());
        assertThat(identities.authenticate("bob", "bobpw")).isPresent();
        admin.call(session -> session.remove("bob", true));
        assertThat(identities.authenticate("bob", "bobpw")).isEmpty();
    }

    @Test
    void a_changed_secret_counts_at_once() throws Exception {
        Caller before = identities.authenticate("alice", "alicepw").orElseThrow();
        admin.call(session ->
                session.modify(new RegistrationRequest("alice", "", "", "another", Optional.empty(), List.of())));
        assertThat(identities.authenticate("alice", "alicepw")).isEmpty();
        assertThat(identities.authenticate("alice", "another").orElseThrow().serialized())
                .isEqualTo(before.serialized());
    }

    @Test
    void an_id_that_two_authorities_know_means_nobody_until_the_msp_is_said() throws Exception {
        Client second = Client.enroll(other, "admin", SECRET);
        second.call(session -> session.register(registration("alice", "client", ".")));
        assertThat(identities.authenticate("alice", "alicepw")).isEmpty();
        assertThat(identities.authenticate(ALICE, "alicepw").orElseThrow().mspId())
                .isEqualTo(new MspId("Org1MSP"));
        assertThat(identities
                        .authenticate("Org2MSP/alice", "alicepw")
                        .orElseThrow()
                        .groups())
                .containsExactly("client", "client@Org2MSP");
    }

    @Test
    void an_authority_that_shall_open_nothing_is_not_asked() throws Exception {
        asked.set(
                1,
                new CertificateAuthority(
                        name,
                        new MspId("Org1MSP"),
                        certificate,
                        new AuthoritySettings(-1, true, false),
                        TestRegistry.open(name, certificate),
                        clock));
        assertThat(identities.authenticate("alice", "alicepw")).isPresent();
        asked.remove(0);
        assertThat(identities.authenticate("alice", "alicepw")).isEmpty();
    }

    @Test
    void a_name_in_the_operators_keeping_stays_that_ones() throws Exception {
        identities.enroll(new EnrollmentId("alice"), FabricNetwork.user(FabricNetwork.ORG1, "User1"), "own");
        assertThat(identities.authenticate("alice", "alicepw")).isEmpty();
        assertThat(identities.authenticate("alice", "own").orElseThrow().name()).hasToString("alice");
        assertThat(identities.authenticate(ALICE, "own")).isEmpty();
        assertThat(identities.authenticate(ALICE, "alicepw").orElseThrow().name())
                .hasToString(ALICE);
    }

    @Test
    void nodes_and_those_whom_no_msp_here_takes_for_clients_get_nothing() throws Exception {
        for (String type : List.of("peer", "orderer")) {
            register("a-" + type, type, Optional.empty());
            assertThat(identities.authenticate("a-" + type, "a-" + type + "pw")).isEmpty();
            assertThat(issuedTo("a-" + type)).isEmpty();
        }
        register("stranger", "visitor", Optional.empty());
        assertThatThrownBy(() -> identities.authenticate("stranger", "strangerpw"))
                .isInstanceOf(SignInRefusedException.class);
        msps.remove(0);
        assertThatThrownBy(() -> identities.authenticate("alice", "alicepw"))
                .isInstanceOf(SignInRefusedException.class)
                .hasMessageContaining("not known here");
        assertThat(issuedTo("stranger")).isEmpty();
        assertThat(issuedTo("alice")).isEmpty();
        assertThat(registered("alice").enrollments()).isZero();
    }

    @Test
    void enrolments_are_counted_as_everybodys() throws Exception {
        register("once", "client", Optional.of(1));
        assertThat(identities.authenticate("once", "oncepw")).isPresent();
        clock.advance(Duration.ofMinutes(2));
        assertThat(identities.authenticate("once", "oncepw"))
                .as("nothing new is needed")
                .isPresent();
        assertRefused(401, CaError.ENROLL_DISABLED, () -> Client.enroll(authority, "once", "oncepw"));

        register("elsewhere", "client", Optional.of(1));
        Client.enroll(authority, "elsewhere", "elsewherepw");
        assertThatThrownBy(() -> identities.authenticate("elsewhere", "elsewherepw"))
                .isInstanceOf(SignInRefusedException.class)
                .hasMessageContaining("as often as it may");
    }

    @Test
    void a_certificate_is_replaced_before_its_end_and_once_it_is_revoked() throws Exception {
        Caller first = identities.authenticate("alice", "alicepw").orElseThrow();
        clock.advance(Duration.ofDays(334));
        assertThat(current("alice")).isEqualTo(first.serialized());
        clock.advance(Duration.ofDays(2));
        Caller second = identities.authenticate("alice", "alicepw").orElseThrow();
        assertThat(second.serialized()).isNotEqualTo(first.serialized());
        X509Certificate old = identities.signer(second).certificate();

        admin = Client.enroll(authority, "admin", SECRET);
        admin.call(session -> session.revoke(new RevocationRequest(
                "",
                IssuedCertificate.serial(old.getSerialNumber()),
                HexFormat.of().formatHex(certificate.keyIdentifier()),
                "keycompromise",
                false)));
        Caller third = identities.authenticate("alice", "alicepw").orElseThrow();
        assertThat(third.serialized()).isNotEqualTo(second.serialized());
        door().check(third.serialized());
        assertThat(identities.signer(third).certificate().getPublicKey()).isNotEqualTo(old.getPublicKey());
    }

    @Test
    void whoever_may_not_enrol_again_goes_on_until_the_door_refuses() throws Exception {
        register("once", "client", Optional.of(1));
        Caller first = identities.authenticate("once", "oncepw").orElseThrow();
        clock.advance(Duration.ofDays(350));
        assertThat(current("once", "oncepw")).isEqualTo(first.serialized());
        clock.advance(Duration.ofDays(16));
        assertThat(current("once", "oncepw")).isEqualTo(first.serialized());
        assertThatThrownBy(() -> door().check(first.serialized())).hasMessageContaining("expired");
    }

    @Test
    void while_a_registry_is_away_nobody_is_told_to_be_wrong() {
        asked = List.of(
                authority,
                new CertificateAuthority(
                        name, new MspId("Org1MSP"), certificate, AuthoritySettings.USUAL, new BrokenRegistry(), clock));
        assertThatThrownBy(() -> identities.authenticate("alice", "alicepw"))
                .isInstanceOf(SignInUnavailableException.class);
    }

    private ByteString current(String id) {
        return current(id, id + "pw");
    }

    private ByteString current(String id, String secret) {
        return identities.authenticate(id, secret).orElseThrow().serialized();
    }

    private void register(String id, String type, Optional<Integer> enrollments) throws Exception {
        admin.call(session -> session.register(
                new RegistrationRequest(id, type, "org1.department1", id + "pw", enrollments, List.of())));
    }

    private RegisteredIdentity registered(String id) throws Exception {
        return authority.registered(new EnrollmentId(id)).orElseThrow();
    }

    private List<String> issuedTo(String id) throws Exception {
        return admin.call(session -> session.certificates(CertificateFilter.ALL)).stream()
                .filter(issued -> issued.owner().value().equals(id))
                .map(IssuedCertificate::pem)
                .toList();
    }

    private ManagedIdentities restarted() throws Exception {
        ManagedIdentities opened = ManagedIdentities.open(folder, "secret", clock);
        opened.askAlso(new SignInSource(() -> asked), door());
        return opened;
    }

    private Doorkeeper door() {
        return new Doorkeeper(() -> new KnownMsps(msps, List.of()), this::revocations, clock);
    }

    /** As the server tells its doors what its authorities have revoked. */
    private RevocationNews revocations() {
        try {
            return RevocationNews.of(List.of(CertificateReader.revocationList(
                    authority.publishRevocations().getBytes(StandardCharsets.US_ASCII))));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Membership msp(String id, AuthorityCertificate root) throws Exception {
        return ChannelMembership.of(FabricMsp.of(FabricMSPConfig.newBuilder()
                .setName(id)
                .addRootCerts(ByteString.copyFromUtf8(root.pem()))
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client"))
                        .setPeerOuIdentifier(unit("peer"))
                        .setAdminOuIdentifier(unit("admin"))
                        .setOrdererOuIdentifier(unit("orderer")))
                .build()));
    }

    private static FabricOUIdentifier unit(String unit) {
        return FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(unit)
                .build();
    }

    private static final class BrokenRegistry implements Registry {
        @Override
        public <T> T inTransaction(Work<T> work) {
            throw new RegistryException("the database is away");
        }
    }
}
