package org.jangbu.tests.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever is registered at an authority of this server uses REST with id and secret, and nothing else. */
class AuthoritySignInIT extends NetworkTest {
    private static final String SECRET = "a secret of mine: 장부";

    private CaCaller admin;

    @BeforeEach
    void enroll() throws Exception {
        admin = CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
    }

    @Test
    void whoever_is_registered_submits_with_id_and_secret() throws Exception {
        String id = register("client");
        int before = Network.logLength();
        Rest user = Rest.as(id, SECRET);
        assertThat(user.get("channels").status()).isEqualTo(200);
        String key = Fresh.name("key");
        Rest.Answer submitted = user.submit("keyvalue", "put", key, "by secret");
        assertThat(submitted.outcome()).as(submitted.body()).isEqualTo("200 VALID");
        assertThat(network.value(key)).isEqualTo("by secret");
        Rest.Answer transaction =
                user.get(Rest.channel() + "/transactions/" + submitted.json().getString("transactionId"));
        assertThat(transaction.body()).contains("CN=" + id).contains("Org1MSP");
        assertThat(Rest.as("Org1MSP/" + id, SECRET).get("channels").status()).isEqualTo(200);
        assertThat(issuedTo(id)).as("one certificate for all of it").isEqualTo(1);
        String audit =
                Files.readString(TrialServer.installation().server().log().resolveSibling("jangbu-audit.log"));
        assertThat(audit)
                .contains("Org1MSP/" + id + " enrolled by signing in, with roles member,client, at CA ca-org1")
                .contains("transaction " + submitted.json().getString("transactionId") + ": Org1MSP/" + id)
                .doesNotContain(SECRET);
        assertThat(Network.logSince(before)).doesNotContain(SECRET);
    }

    @Test
    void wrong_secrets_are_refused_and_limited() throws Exception {
        String id = register("client");
        for (int i = 0; i < 5; i++) {
            Rest.Answer refused = Rest.as(id, "wrong" + i).get("channels");
            assertThat(refused.outcome()).isEqualTo("401 unauthorized");
            assertThat(refused.body()).doesNotContain("certificate-refused");
        }
        assertThat(Rest.as(id, SECRET).get("channels").outcome())
                .as("too many wrong ones")
                .isEqualTo("401 unauthorized");
        assertThat(issuedTo(id)).isZero();
    }

    @Test
    void whoever_is_revoked_is_refused_at_once() throws Exception {
        String id = register("client");
        Rest user = Rest.as(id, SECRET);
        assertThat(user.get("channels").status()).isEqualTo(200);
        assertThat(admin.call("POST", "/api/v1/revoke", "{\"id\":\"" + id + "\"}")
                        .outcome())
                .isEqualTo("200");
        assertThat(user.get("channels").outcome()).isEqualTo("401 unauthorized");
        assertThat(user.submit("keyvalue", "put", "never", "x").status()).isEqualTo(401);
    }

    @Test
    void an_id_of_several_authorities_needs_its_msp() throws Exception {
        String secret = QuickStartUsers.administratorOfOrg1().password();
        Rest.Answer unclear = Rest.as("admin", secret).get("channels");
        assertThat(unclear.outcome()).isEqualTo("401 unauthorized");
        assertThat(unclear.json().getString("detail")).contains("needs its MSP before it");
        for (String mspId : List.of("Org1MSP", "Org2MSP")) {
            assertThat(Rest.as(mspId + "/admin", secret).get("channels").status())
                    .as(mspId)
                    .isEqualTo(200);
        }
    }

    @Test
    void nodes_do_not_sign_in_and_whoever_has_enrolled_as_often_as_it_may_is_told() throws Exception {
        for (String type : List.of("peer", "orderer")) {
            String node = register(type);
            assertThat(Rest.as(node, SECRET).get("channels").outcome()).isEqualTo("401 unauthorized");
            assertThat(issuedTo(node)).isZero();
        }
        String once = register("client\",\"max_enrollments\":1,\"affiliation\":\"org1.department1");
        CaCaller.enroll(once, SECRET);
        Rest.Answer refused = Rest.as(once, SECRET).get("channels");
        assertThat(refused.outcome()).isEqualTo("401 certificate-refused");
        assertThat(refused.json().getString("detail")).contains("as often as it may");
    }

    private String register(String type) throws Exception {
        String id = Fresh.name("registered");
        assertThat(admin.call(
                                "POST",
                                "/api/v1/register",
                                "{\"id\":\"" + id + "\",\"secret\":\"" + SECRET + "\",\"type\":\"" + type + "\"}")
                        .outcome())
                .isEqualTo("201");
        return id;
    }

    private int issuedTo(String id) throws Exception {
        return admin.call("GET", "/api/v1/certificates?id=" + id, "")
                .json()
                .getJsonObject("result")
                .getJsonArray("certs")
                .size();
    }
}
