package org.jangbu.tests.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers, and callers who know how to sign, may send to an authority: it is refused by Fabric CA's numbers, and nothing is written. */
class CaBadInputIT extends NetworkTest {
    private CaCaller admin;
    private String rows;

    @BeforeEach
    void enroll() throws Exception {
        admin = CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
        rows = rows();
    }

    @Test
    void bodies_that_say_nothing_are_refused() throws Exception {
        for (String body : List.of(
                "garbage",
                "[]",
                "{",
                "{\"id\":1}",
                "{\"id\":{}}",
                "{\"id\":\"x\",\"attrs\":7}",
                "{\"id\":\"x\",\"attrs\":[7]}",
                "{\"id\":\"x\",\"attrs\":[{\"name\":\"\"}]}",
                "{\"id\":\"x\",\"max_enrollments\":1e99}",
                "{\"id\":\"x\",\"type\":\"a b\"}",
                "{\"id\":\"x\",\"secret\":\"\\ud800\"}",
                "{} {}",
                "[".repeat(20_000),
                "{\"id\":" + "[".repeat(20_000))) {
            assertThat(admin.call("POST", "/api/v1/register", body).outcome())
                    .as(body.substring(0, Math.min(60, body.length())))
                    .isEqualTo("400 5");
        }
        assertThat(admin.call("POST", "/api/v1/register", "").outcome()).isEqualTo("400 4");
        assertThat(admin.call("POST", "/api/v1/revoke", "{}").outcome()).isEqualTo("400 15");
        assertThat(admin.call("POST", "/api/v1/gencrl", "{\"revokedafter\":\"soon\"}")
                        .outcome())
                .isEqualTo("400 67");
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void what_is_too_large_is_refused() throws Exception {
        String body = "{\"id\":\"" + "x".repeat(100_000) + "\"}";
        assertThat(admin.call("POST", "/api/v1/register", body).outcome()).isEqualTo("413 3");
        assertThat(admin.call("GET", "/api/v1/cainfo?x=" + "x".repeat(5000), "").outcome())
                .isEqualTo("414 57");
        assertThat(admin.call("GET", "/api/v1/identities", Optional.of("x".repeat(30_000)), "")
                        .outcome())
                .isEqualTo("401 20");
    }

    @Test
    void a_token_is_good_for_its_own_call_alone() throws Exception {
        String body = "{\"id\":\"stolen\",\"type\":\"client\"}";
        String token = admin.token("POST", "/api/v1/register", body);
        String other = "{\"id\":\"thief\",\"type\":\"admin\"}";
        assertThat(admin.call("POST", "/api/v1/register", Optional.of(token), other)
                        .outcome())
                .isEqualTo("401 20");
        assertThat(admin.call("POST", "/api/v1/identities", Optional.of(token), body)
                        .outcome())
                .isEqualTo("401 20");
        assertThat(admin.call("POST", "/api/v1/register?ca=ca-org1", Optional.of(token), body)
                        .outcome())
                .isEqualTo("401 20");
        assertThat(admin.call("POST", "/register", Optional.of(token), body).outcome())
                .isEqualTo("401 20");
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void callers_who_are_not_known_learn_nothing() throws Exception {
        for (Optional<String> authorization : List.of(
                Optional.<String>empty(),
                Optional.of("garbage"),
                Optional.of("Bearer x"),
                Optional.of(CaCaller.basic("admin", "wrong")),
                Optional.of(CaCaller.basic("nobody", "wrong")))) {
            for (String call : List.of("/api/v1/register", "/api/v1/reenroll", "/api/v1/revoke", "/api/v1/gencrl")) {
                assertThat(admin.call("POST", call, authorization, "{\"id\":\"x\"}")
                                .outcome())
                        .isEqualTo("401 20");
            }
            assertThat(admin.call("GET", "/api/v1/identities", authorization, "")
                            .outcome())
                    .isEqualTo("401 20");
            assertThat(admin.call("POST", "/api/v1/enroll", authorization, "{\"certificate_request\":\"x\"}")
                            .outcome())
                    .isEqualTo("401 20");
        }
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void addresses_and_methods_that_are_none_are_refused() throws Exception {
        assertThat(admin.call("DELETE", "/api/v1/enroll", "").outcome()).isEqualTo("405 1");
        assertThat(admin.call("PATCH", "/api/v1/identities/admin", "{}").outcome())
                .isEqualTo("405 1");
        assertThat(admin.call("GET", "/api/v1/identities/a%00b", "").outcome()).isEqualTo("404 63");
        assertThat(admin.call("DELETE", "/api/v1/identities/admin?force=perhaps", "")
                        .outcome())
                .isEqualTo("400 57");
        assertThat(admin.call("GET", "/api/v1/certificates?serial=xyz", "").outcome())
                .isEqualTo("400 67");
        assertThat(admin.call("GET", "/api/v1/certificates?notexpired=true&expired_end=%2B1d", "")
                        .outcome())
                .isEqualTo("400 67");
        assertThat(admin.call("GET", "/api/v1/cainfo?ca=ca-org2", "").outcome()).isEqualTo("404 19");
        assertThat(admin.call("POST", "/api/v1/idemix/credential", "{}").outcome())
                .isEqualTo("501 0");
    }

    @Test
    void an_authoritys_port_leads_to_nothing_else_and_other_ports_ask_which_one() throws Exception {
        TrialUser user = QuickStartUsers.userOfOrg1();
        Optional<String> known = Optional.of(CaCaller.basic(user.name(), user.password()));
        assertThat(admin.call("GET", "/api/v1/channels", known, "").status()).isEqualTo(404);
        assertThat(admin.call("GET", "/sign-in", Optional.empty(), "").status()).isEqualTo(404);
        assertThat(admin.call("GET", "/health/ready", Optional.empty(), "").status())
                .isEqualTo(404);
        assertThat(admin.call("GET", "/cainfo", "").outcome()).isEqualTo("200");
        URI http = TrialServer.installation().server().http();
        assertThat(Network.status(http.resolve("/api/v1/cainfo"))).isEqualTo(404);
        assertThat(Network.status(http.resolve("/api/v1/cainfo?ca=ca-org2"))).isEqualTo(200);
    }

    /** How much the registry holds. */
    private static String rows() throws SQLException {
        PostgresServer postgres = TrialServer.installation().postgres();
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM ca.identities) || ' ' || (SELECT count(*) FROM ca.certificates)"
                                + " || ' ' || (SELECT count(*) FROM ca.affiliations)")) {
            row.next();
            return row.getString(1);
        }
    }
}
