package org.jangbu.tests.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.msp.ca.RevocationRequest;
import org.jangbu.msp.ca.SignedCall;
import org.jangbu.msp.crypto.CertificateExtensions;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.policy.NodePrincipal;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.server.TestPorts;
import org.jangbu.tests.server.TrialServer;
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

    /** This process plays the other server: it has the authority's key and the database, and nothing of the first server's. */
    @Test
    void what_another_server_of_the_database_revokes_counts_at_the_doors_within_seconds() throws Exception {
        CaCaller admin =
                CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
        String id = Fresh.name("enrolled");
        String body = "{\"id\":\"" + id + "\",\"type\":\"client\",\"secret\":\"pw\"}";
        assertThat(admin.call("POST", "/api/v1/register", body).outcome()).isEqualTo("201");
        OwnKeys user = new OwnKeys(CaCaller.enroll(id, "pw").identity());
        assertThat(user.send(user.propose("remittance", "balance", Fresh.name("account")))
                        .status())
                .as("whoever is not revoked is let in, whatever the contract says")
                .isNotEqualTo(403);

        SignedCall call = new SignedCall(
                admin.token("POST", "/api/v1/revoke", "{}"), "POST", "/api/v1/revoke", ByteString.copyFromUtf8("{}"));
        OtherServer.authorityOfOrg1()
                .call(call, session -> session.revoke(new RevocationRequest(id, "", "", "", false)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(user.send(user.propose("remittance", "balance", Fresh.name("account")))
                                .status())
                        .isEqualTo(403));
    }

    /** The quick start made them before any registry was there. */
    @Test
    void a_node_and_users_of_the_trial_enrol_again_and_stay_what_they_are() throws Exception {
        Path org1 = TrialServer.installation().network().organizations().resolve("peerOrganizations/org1.example.com");
        String peer = "peer0.org1.example.com";
        MspId mspId = new MspId("Org1MSP");
        X509Certificate renewed = CaCaller.of(OwnKeys.identity(org1.resolve("peers/" + peer + "/msp"), "Org1MSP"))
                .reenroll("ca-org1", peer, JsonValue.EMPTY_JSON_OBJECT);
        ChannelMembership channel = ChannelMembership.of(
                List.of(LocalMsp.read(org1.resolve("msp"), mspId).channelConfig()));
        Identity identity = channel.deserialize(SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8(CertificateReader.pem(renewed)))
                .build()
                .toByteString());
        channel.validate(identity);
        NodePrincipal node = new NodePrincipal(
                mspId, new NodeName(peer), channel.nodeCertifiers(mspId).orElseThrow());
        assertThat(channel.satisfies(identity, node.toPrincipal()))
                .as("the policy that names the node")
                .isTrue();
        for (String user : List.of("Admin", "User1")) {
            String id = user + "@org1.example.com";
            X509Certificate certificate = CaCaller.of(OwnKeys.identity(org1.resolve("users/" + id + "/msp"), "Org1MSP"))
                    .reenroll("ca-org1", id, JsonValue.EMPTY_JSON_OBJECT);
            assertThat(CertificateExtensions.organizationalUnits(certificate))
                    .containsExactly(user.equals("Admin") ? "admin" : "client");
        }
    }

    @Test
    void a_node_renews_its_tls_certificate() throws Exception {
        Path org1 = TrialServer.installation().network().organizations().resolve("peerOrganizations/org1.example.com");
        String peer = "peer0.org1.example.com";
        Path tls = org1.resolve("peers/" + peer + "/tls");
        byte[] first = Files.readAllBytes(tls.resolve("server.crt"));
        SigningIdentity holder = KeySigningIdentity.of(
                new MspId("Org1MSP"),
                ByteString.copyFrom(first),
                KeyReader.read(Files.readAllBytes(tls.resolve("server.key"))));
        X509Certificate renewed = CaCaller.of(holder)
                .reenroll(
                        "tlsca-org1",
                        peer,
                        Json.createObjectBuilder()
                                .add("profile", "tls")
                                .add(
                                        "hosts",
                                        Json.createArrayBuilder(
                                                List.of(peer, "peer0", "localhost", "127.0.0.1", "::1")))
                                .build());
        Path file = Files.writeString(TestPorts.folder().resolve("renewed-tls.pem"), CertificateReader.pem(renewed));
        Path log = TestPorts.folder().resolve("renewed-tls.log");
        int status = Programs.run(
                List.of(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslserver",
                        "-verify_hostname",
                        peer,
                        "-CAfile",
                        Ca.tlsRoot().toString(),
                        file.toString()),
                Map.of(),
                log);
        assertThat(status).as(Files.readString(log)).isZero();
        assertThat(renewed.getKeyUsage()).startsWith(true, false, true, false, true, false);
        assertThat(renewed.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(renewed.getSubjectAlternativeNames())
                .containsExactlyElementsOf(CertificateReader.only(first).getSubjectAlternativeNames());
        assertThatThrownBy(() -> CaCaller.of(holder).reenroll("ca-org1", peer, JsonValue.EMPTY_JSON_OBJECT))
                .as("a TLS certificate where identities are issued")
                .hasMessageContaining("401");
    }
}
