package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest extends AuthorityTest {
    private Client registrar;

    @BeforeEach
    void register_a_registrar_of_org1() throws Exception {
        registrar = newClient(
                "registrar",
                "client",
                "org1",
                attribute(Attributes.ROLES, "client,peer"),
                attribute(Attributes.DELEGATE_ROLES, "client"),
                attribute(
                        Attributes.REGISTRAR_ATTRIBUTES,
                        "org1.*,hf.Revoker,hf.Registrar.Roles,hf.Registrar.DelegateRoles,hf.Registrar.Attributes"),
                attribute(Attributes.REVOKER, "true"));
    }

    @Test
    void what_is_not_said_is_taken_from_the_registrar_or_made() throws Exception {
        CallerSession.Registered made = registrar.call(
                session -> session.register(new RegistrationRequest("user1", "", "", "", Optional.empty(), List.of())));
        RegisteredIdentity identity = made.identity();
        assertThat(identity.type().value()).isEqualTo("client");
        assertThat(identity.affiliation().value()).isEqualTo("org1");
        assertThat(identity.maxEnrollments()).isEqualTo(-1);
        assertThat(made.secret()).hasSizeGreaterThan(20);
        assertThat(Client.enroll(authority, "user1", made.secret()).certificate())
                .isNotNull();
        assertThat(identity.attributes().all())
                .containsExactly(
                        inCertificate("hf.EnrollmentID", "user1"),
                        inCertificate("hf.Type", "client"),
                        inCertificate("hf.Affiliation", "org1"));
    }

    @Test
    void secrets_are_not_in_the_database() throws Exception {
        registrar.call(session -> session.register(registration("user1", "client", "org1")));
        try (var connection = TestRegistry.database().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT i::text FROM ca.identities i")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).doesNotContain("user1pw");
            }
        }
    }

    @Test
    void nobody_registers_beyond_its_types_affiliation_and_attributes() {
        refuse(CaError.NOT_AFFILIATED, registration("x", "orderer", "org1"));
        refuse(CaError.NOT_AFFILIATED, registration("x", "admin", "org1"));
        refuse(CaError.NOT_AFFILIATED, registration("x", "client", "."));
        refuse(CaError.NOT_AFFILIATED, registration("x", "client", "org2"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with("department", "shipping"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with("hf.GenCRL", "true"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with("hf.Revoker", "perhaps"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with("hf.Type", "admin"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with(Attributes.ROLES, "client,admin"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with(Attributes.ROLES, "*"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with(Attributes.DELEGATE_ROLES, "peer"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with(Attributes.REGISTRAR_ATTRIBUTES, "*"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with(Attributes.REGISTRAR_ATTRIBUTES, "hf.Revoker"));
        refuse(CaError.REGISTRAR_ATTRIBUTES, with("hf.Registrar.Sheriff", "true"));
    }

    @Test
    void a_registrar_gives_what_it_has() throws Exception {
        Client second = registrarGives(
                attribute("org1.department", "shipping"),
                attribute("hf.Revoker", "true"),
                attribute(Attributes.ROLES, "client"),
                attribute(Attributes.DELEGATE_ROLES, "client"),
                attribute(Attributes.REGISTRAR_ATTRIBUTES, "org1.*,hf.Revoker"));
        assertThat(second.call(session -> session.register(registration("third", "client", "org1")))
                        .identity()
                        .id()
                        .value())
                .isEqualTo("third");
    }

    private Client registrarGives(Attribute... attributes) throws Exception {
        registrar.call(session -> session.register(registration("second", "client", "org1", attributes)));
        return Client.enroll(authority, "second", "secondpw");
    }

    private static RegistrationRequest with(String name, String value) {
        return registration("x", "client", "org1", attribute(name, value));
    }

    private void refuse(CaError error, RegistrationRequest request) {
        assertRefused(403, error, () -> registrar.call(session -> session.register(request)));
        assertRefused(404, CaError.NOT_IN_DATABASE, () -> admin.call(session -> session.identity(request.id())));
    }

    @Test
    void whoever_is_no_registrar_registers_and_sees_nobody() throws Exception {
        Client user = newClient("user1", "client", "org1");
        assertRefused(
                403,
                CaError.NOT_REGISTRAR,
                () -> user.call(session -> session.register(registration("x", "client", "org1"))));
        assertRefused(403, CaError.NOT_REGISTRAR, () -> user.call(CallerSession::identities));
        assertRefused(403, CaError.NOT_REGISTRAR, () -> user.call(session -> session.identity("user1")));
        assertRefused(
                403, CaError.AUTHORIZATION, () -> user.call(session -> session.certificates(CertificateFilter.ALL)));
    }

    @Test
    void an_id_is_given_once() throws Exception {
        newClient("user1", "client", "org1");
        assertRefused(
                409,
                CaError.DUPLICATE_IDENTITY,
                () -> admin.call(session -> session.register(registration("user1", "client", "org1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "관리자", "a\u0000", "a,OU=admin", "<script>"})
    void ids_that_are_no_names_are_refused(String id) {
        assertRefused(
                400,
                CaError.ADD_IDENTITY,
                () -> admin.call(session -> session.register(
                        new RegistrationRequest(id, "client", ".", "pw", Optional.empty(), List.of()))));
    }

    @Test
    void everything_has_bounds() {
        assertRefused(400, CaError.ADD_IDENTITY, () -> register("a".repeat(65), "client", "pw", 0));
        assertRefused(400, CaError.BAD_BODY, () -> register("a", "t".repeat(33), "pw", 0));
        assertRefused(400, CaError.BAD_BODY, () -> register("a", "node:x", "pw", 0));
        assertRefused(400, CaError.BAD_BODY, () -> register("a", "client", "p".repeat(2000), 0));
        assertRefused(400, CaError.MAX_ENROLLMENTS, () -> register("a", "client", "pw", -2));
    }

    private void register(String id, String type, String secret, int most) throws CaException {
        admin.call(session ->
                session.register(new RegistrationRequest(id, type, ".", secret, Optional.of(most), List.of())));
    }

    @Test
    void nobody_may_enrol_more_often_than_the_authority_allows() throws Exception {
        open(new AuthoritySettings(2, false));
        admin = Client.enroll(authority, "admin", SECRET);
        assertRefused(400, CaError.MAX_ENROLLMENTS, () -> register("a", "client", "pw", 3));
        assertRefused(400, CaError.MAX_ENROLLMENTS, () -> register("a", "client", "pw", -1));
        register("a", "client", "pw", 0);
        assertThat(admin.call(session -> session.identity("a")).maxEnrollments())
                .isEqualTo(2);
    }

    @Test
    void a_change_leaves_what_it_does_not_speak_of() throws Exception {
        Client user = newClient("user1", "client", "org1", attribute("a", "1"), attribute("b", "2"));
        RegisteredIdentity after = admin.call(session -> session.modify(new RegistrationRequest(
                "user1", "", "", "", Optional.empty(), List.of(attribute("a", ""), attribute("c", "3")))));
        assertThat(after.attributes().value("a")).isEmpty();
        assertThat(after.attributes().value("b")).contains("2");
        assertThat(after.attributes().value("c")).contains("3");
        assertThat(after.type().value()).isEqualTo("client");
        RegisteredIdentity read = admin.call(session -> session.identity("user1"));
        assertThat(read).isEqualTo(after);
        assertThat(Client.enroll(authority, "user1", "user1pw").certificate()).isNotNull();
        assertThat(user.certificate()).isNotNull();
    }

    @Test
    void a_new_secret_replaces_the_old_one_and_ends_a_pause() throws Exception {
        newClient("user1", "client", "org1");
        for (int i = 0; i < Failures.ALLOWED; i++) {
            assertRefused(401, CaError.INVALID_SECRET, () -> Client.enroll(authority, "user1", "guess"));
        }
        admin.call(session ->
                session.modify(new RegistrationRequest("user1", "", "", "fresh", Optional.empty(), List.of())));
        assertThat(Client.enroll(authority, "user1", "fresh").certificate()).isNotNull();
        assertRefused(401, CaError.INVALID_SECRET, () -> Client.enroll(authority, "user1", "user1pw"));
    }

    @Test
    void nobody_is_changed_out_of_reach_or_by_whoever_cannot_reach_it() throws Exception {
        newClient("user1", "client", "org1");
        newClient("user2", "client", "org2");
        newClient("admin1", "admin", "org1");
        refuseChange(registration("user2", "", ""));
        refuseChange(registration("admin1", "", ""));
        refuseChange(registration("user1", "", "org2"));
        refuseChange(registration("user1", "admin", ""));
        refuseChange(registration("admin", "", ""));
        assertRefused(
                403,
                CaError.REGISTRAR_ATTRIBUTES,
                () -> registrar.call(
                        session -> session.modify(registration("user1", "", "", attribute("hf.GenCRL", "true")))));
        assertThat(registrar.call(CallerSession::identities))
                .extracting(identity -> identity.id().value())
                .containsExactly("registrar", "user1");
        assertThat(admin.call(CallerSession::identities)).hasSize(5);
    }

    private void refuseChange(RegistrationRequest request) {
        assertRefused(403, CaError.NOT_AFFILIATED, () -> registrar.call(session -> session.modify(request)));
    }

    @Test
    void whoever_is_removed_is_known_no_more() throws Exception {
        Client user = newClient("user1", "client", "org1");
        admin.call(session -> session.remove("user1", false));
        assertRefused(401, CaError.INVALID_ID, () -> Client.enroll(authority, "user1", "user1pw"));
        assertRefused(401, CaError.CERTIFICATE_REVOKED, () -> user.call(CallerSession::identities));
        assertRefused(403, CaError.REMOVE_IDENTITY, () -> admin.call(session -> session.remove("admin", false)));
    }

    @Test
    void removal_is_the_operators_choice() throws Exception {
        newClient("user1", "client", "org1");
        open(AuthoritySettings.USUAL);
        admin = Client.enroll(authority, "admin", SECRET);
        assertRefused(403, CaError.REMOVE_IDENTITY, () -> admin.call(session -> session.remove("user1", true)));
        assertThat(admin.call(session -> session.identity("user1")).revoked()).isFalse();
    }
}
