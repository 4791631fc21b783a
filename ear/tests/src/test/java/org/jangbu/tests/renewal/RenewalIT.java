package org.jangbu.tests.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.Load;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/** Certificates that are about to end are put in place by hand, taken up, and renewed by the authorities, while clients write. */
class RenewalIT extends NetworkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CLIENTS = 3;
    private static final List<TrialNode> NODES = List.of(TrialNode.PEER1, TrialNode.PEER2, TrialNode.ORDERER);
    /** Both nodes by name: what outlives a certificate. */
    private static final String POLICY =
            "AND('Org1MSP.node:peer0.org1.example.com','Org2MSP.node:peer0.org2.example.com')";

    @Test
    void nodes_renew_what_is_about_to_end_while_clients_write_and_keep_their_place_in_policies() throws Exception {
        awaitAuthorities();
        Membership channel = ChannelConfigReader.read(network.block(0)).membership();
        SignaturePolicy policy = SignaturePolicy.of(PolicyLanguage.parse(POLICY, channel), channel);
        assertThat(policy.isSatisfiedBy(endorsers(channel, transaction()))).isTrue();
        int log = Network.logLength();
        Load load = new Load(CLIENTS);
        try {
            List<ShortLived> byHand = new ArrayList<>();
            for (TrialNode node : NODES) {
                byHand.add(ShortLived.ofIdentity(node));
            }
            ShortLived shown = ShortLived.ofTls(TrialNode.PEER1);
            awaitRenewed(byHand);
            await().atMost(PATIENCE).until(() -> isLongLived(TrialNode.PEER1.tlsCertificate()));
            for (ShortLived one : byHand) {
                assertThat(Network.logSince(log))
                        .as("taken up by hand, before it was renewed")
                        .containsPattern("JANGBU1262: .* signs with certificate " + one.serial());
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shownAt(8443)).isEqualTo(TrialNode.PEER1.tlsCertificate()));
            assertThat(shownAt(7054))
                    .isEqualTo(TrialNode.PEER1.tlsCertificate())
                    .isNotEqualTo(shown.certificate());
        } finally {
            load.finish();
        }

        Block block = transaction();
        List<Identity> endorsers = endorsers(channel, block);
        assertThat(endorsers.stream().map(Identity::certificate))
                .containsExactlyInAnyOrder(TrialNode.PEER1.certificate(), TrialNode.PEER2.certificate());
        assertThat(policy.isSatisfiedBy(endorsers)).as("nodes by name").isTrue();
        assertThat(orderer(block)).isEqualTo(TrialNode.ORDERER.certificate());
        assertThat(load.outcomes().keySet()).containsExactly("200 VALID");
        assertThat(load.acknowledged()).hasSizeGreaterThan(CLIENTS);
        assertThat(Network.logSince(log)).as("no restart").doesNotContain("WFLYSRV0049", "WFLYUT0021", "WFLYSRV0050");
        assertTold();
        Ledgers.assertSoundAndEqual();
        network.assertWorks();
    }

    private static void awaitRenewed(List<ShortLived> byHand) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (TrialNode node : NODES) {
                X509Certificate now = node.certificate();
                assertThat(isLongLived(now)).as(node.name()).isTrue();
                assertThat(byHand).noneMatch(one -> one.certificate().equals(now));
            }
        });
    }

    private static boolean isLongLived(X509Certificate certificate) {
        Duration life = Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        // The authorities give a year, the quick start gave ten.
        return life.compareTo(Duration.ofDays(300)) > 0 && life.compareTo(Duration.ofDays(400)) < 0;
    }

    /** They open with the first call, and adopt the nodes. */
    private static void awaitAuthorities() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(Network.status(
                                TrialServer.installation().server().http().resolve("/api/v1/cainfo?ca=ca-org1")))
                        .isEqualTo(200));
    }

    private void assertTold() throws Exception {
        String metrics = get("/metrics");
        for (TrialNode node : NODES) {
            assertThat(metrics)
                    .containsPattern(
                            "certificate_renewals_total\\{[^}]*certificate=\"identity\"[^}]*node=\"" + node.name());
        }
        assertThat(metrics).containsPattern("certificate_renewals_total\\{[^}]*certificate=\"tls\"");
        assertThat(get("/health/ready")).contains("\"renewal\":\"UP\"");
    }

    private static String get(String path) throws IOException, InterruptedException {
        URI address = TrialServer.installation().server().management().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The block of a transaction that this test alone has sent. */
    private Block transaction() throws Exception {
        long before = network.height();
        assertThat(network.user()
                        .submit("keyvalue", "put", Fresh.name("renewal"), "x")
                        .outcome())
                .isEqualTo("200 VALID");
        return network.block(before);
    }

    private static List<Identity> endorsers(Membership channel, Block block) throws Exception {
        List<Identity> identities = new ArrayList<>();
        for (ParsedTransaction transaction : ParsedBlock.parse(block).transactions()) {
            if (transaction instanceof ParsedTransaction.Endorser endorsed) {
                for (Endorsement endorsement : endorsed.transaction().endorsements()) {
                    identities.add(channel.deserialize(endorsement.getEndorser()));
                }
            }
        }
        return identities;
    }

    private static X509Certificate orderer(Block block) throws Exception {
        ByteString slot = block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE);
        ByteString header = Metadata.parseFrom(slot).getSignatures(0).getSignatureHeader();
        SerializedIdentity creator =
                SerializedIdentity.parseFrom(SignatureHeader.parseFrom(header).getCreator());
        return CertificateReader.only(creator.getIdBytes().toByteArray());
    }

    /** What a new connection is shown, its chain checked as any client would. */
    private static X509Certificate shownAt(int port) throws Exception {
        URI address = TrialServer.installation().server().authority(port);
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry(
                "root",
                CertificateReader.only(
                        java.nio.file.Files.readAllBytes(TrialNode.PEER1.tls().resolve("ca.crt"))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
