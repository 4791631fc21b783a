package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffiliationsTest extends AuthorityTest {
    @Test
    void everybody_sees_what_is_at_and_below_its_own_place() throws Exception {
        assertThat(names(admin.call(CallerSession::affiliations)))
                .containsExactly("org1", "org1.department1", "org1.department2", "org2");
        Client manager = newClient("manager", "client", "org1", attribute("hf.AffiliationMgr", "true"));
        assertThat(names(manager.call(CallerSession::affiliations)))
                .containsExactly("org1", "org1.department1", "org1.department2");
        assertRefused(403, CaError.NOT_AFFILIATED, () -> manager.call(session -> session.affiliation("org2")));
        assertRefused(
                403, CaError.NOT_AFFILIATED, () -> manager.call(session -> session.addAffiliation("org3", false)));
        assertRefused(
                403, CaError.NOT_AFFILIATED, () -> manager.call(session -> session.addAffiliation("org11", false)));
        Client user = newClient("user1", "client", "org1");
        assertRefused(403, CaError.MISSING_ROLE, () -> user.call(CallerSession::affiliations));
    }

    @Test
    void a_place_is_added_below_one_that_is_there() throws Exception {
        admin.call(session -> session.addAffiliation("org2.sales", false));
        assertRefused(
                409, CaError.ADD_AFFILIATION, () -> admin.call(session -> session.addAffiliation("org2.sales", true)));
        assertRefused(
                400, CaError.ADD_AFFILIATION, () -> admin.call(session -> session.addAffiliation("org3.x.y", false)));
        admin.call(session -> session.addAffiliation("org3.x.y", true));
        assertThat(names(admin.call(session -> session.affiliation("org3"))))
                .containsExactly("org3", "org3.x", "org3.x.y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "a b",
                "admin",
                "org1.Peer",
                "node:peer0",
                "a\u0000",
                "a.b.c.d.e.f.g.h.i",
                "부서",
                "a,OU=admin"
            })
    void names_that_are_no_places_or_mean_something_else_are_refused(String name) {
        assertRefused(400, CaError.ADD_AFFILIATION, () -> admin.call(session -> session.addAffiliation(name, true)));
    }

    @Test
    void those_who_have_a_place_move_with_it_when_forced() throws Exception {
        newClient("user1", "client", "org1.department1");
        assertRefused(
                400,
                CaError.MODIFY_AFFILIATION,
                () -> admin.call(session -> session.renameAffiliation("org1", "org9", false)));
        assertRefused(
                400,
                CaError.MODIFY_AFFILIATION,
                () -> admin.call(session -> session.renameAffiliation("org1", "org2", true)));
        assertRefused(
                400,
                CaError.MODIFY_AFFILIATION,
                () -> admin.call(session -> session.renameAffiliation("org1", "org1.deeper", true)));
        CallerSession.Branch moved = admin.call(session -> session.renameAffiliation("org1", "org9", true));
        assertThat(names(moved)).containsExactly("org9", "org9.department1", "org9.department2");
        assertThat(moved.identities()).hasSize(1);
        RegisteredIdentity user = admin.call(session -> session.identity("user1"));
        assertThat(user.affiliation().value()).isEqualTo("org9.department1");
        assertThat(user.attributes().value("hf.Affiliation")).contains("org9.department1");
        assertRefused(404, CaError.NOT_IN_DATABASE, () -> admin.call(session -> session.affiliation("org1")));
    }

    @Test
    void those_who_have_a_place_go_with_it_when_forced() throws Exception {
        Client user = newClient("user1", "client", "org1.department1");
        assertRefused(
                403, CaError.REMOVE_AFFILIATION, () -> admin.call(session -> session.removeAffiliation("org1", false)));
        CallerSession.Branch removed = admin.call(session -> session.removeAffiliation("org1", true));
        assertThat(removed.identities()).hasSize(1);
        assertThat(names(admin.call(CallerSession::affiliations))).containsExactly("org2");
        assertRefused(401, CaError.CERTIFICATE_REVOKED, () -> user.call(CallerSession::affiliations));
    }

    @Test
    void nobody_removes_or_moves_whom_it_could_not_change() throws Exception {
        newClient("admin1", "admin", "org1.department1");
        Client manager = newClient(
                "manager",
                "client",
                "org1",
                attribute("hf.AffiliationMgr", "true"),
                attribute(Attributes.ROLES, "client"));
        assertRefused(
                403,
                CaError.NOT_AFFILIATED,
                () -> manager.call(session -> session.removeAffiliation("org1.department1", true)));
        assertRefused(
                403,
                CaError.NOT_AFFILIATED,
                () -> manager.call(session -> session.renameAffiliation("org1.department1", "org1.x", true)));
        assertRefused(
                403,
                CaError.REMOVE_AFFILIATION,
                () -> manager.call(session -> session.removeAffiliation("org1", true)));
        assertThat(admin.call(session -> session.identity("admin1"))
                        .affiliation()
                        .value())
                .isEqualTo("org1.department1");
    }

    private static List<String> names(CallerSession.Branch branch) {
        return branch.affiliations().stream().map(Affiliation::value).toList();
    }
}
