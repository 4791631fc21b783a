package org.jangbu.tests.ca;

import static org.assertj.core.api.Assertions.assertThat;

import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.junit.jupiter.api.Test;

/** Whoever enrols is a member of the channel at once, and none any more at its doors once revoked. */
class EnrolledKeyIT extends NetworkTest {
    @Test
    void a_key_from_the_authority_signs_transactions_until_it_is_revoked() throws Exception {
        CaCaller admin =
                CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
        String id = Fresh.name("enrolled");
        String body =
                "{\"id\":\"" + id + "\",\"type\":\"client\",\"affiliation\":\"org1.department1\",\"secret\":\"pw\"}";
        assertThat(admin.call("POST", "/api/v1/register", body).outcome()).isEqualTo("201");
        OwnKeys user = new OwnKeys(CaCaller.enroll(id, "pw").identity());

        String account = Fresh.name("account");
        assertThat(user.send(user.transaction("remittance", "open", account, "7"))
                        .outcome())
                .isEqualTo("200 VALID");
        Envelope prepared = user.transaction("remittance", "open", Fresh.name("account"), "7");
        long before = network.height();

        CaCaller.Answer revoked = admin.call("POST", "/api/v1/revoke", "{\"id\":\"" + id + "\",\"gencrl\":true}");
        assertThat(revoked.outcome()).isEqualTo("200");
        assertThat(user.send(user.propose("remittance", "balance", account)).status())
                .as("a proposal of somebody who is revoked")
                .isEqualTo(403);
        assertThat(user.sendWithoutWaiting(prepared).status())
                .as("an envelope of somebody who is revoked")
                .isEqualTo(403);
        assertThat(network.height()).isEqualTo(before);

        Block old = network.block(before - 1);
        assertThat(TransactionsFilter.of(old).codes()).containsOnly(TxValidationCode.VALID);
        assertThat(network.balance(account)).isEqualTo("7");
        network.assertWorks();
    }
}
