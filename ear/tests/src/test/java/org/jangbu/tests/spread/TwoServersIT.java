package org.jangbu.tests.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.jangbu.model.CommitHash;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.tests.cli.Cli;
import org.jangbu.tests.docker.OutsideBroker;
import org.jangbu.tests.server.TestPorts;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/**
 * Two servers as docs/operating/several-servers.md tells to set them up, each in a virtual machine of its own with a database of its own: one has the orderer and
 * Org1's peer, the other Org2's peer. They share a channel and a broker, and find each other by what the channel's configuration says.
 */
class TwoServersIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String CHANNEL = "spread";
    private static final String NAME = "probe";
    private static final String POLICY = "AND('Org1MSP.peer','Org2MSP.peer')";
    private static final List<String> ACCOUNTS = List.of("orderer", "broadcaster", "committer");
    /** What Org2's server has room for: fewer blocks than come while it is away. */
    private static final int ROOM = 4;

    private final Path folder = TestPorts.folder().resolve("spread").toAbsolutePath();
    private final Path material = folder.resolve("organizations");
    private final SpreadServer one = new SpreadServer(
            folder,
            "server-one",
            TestPorts.ownServerOffset(),
            TestPorts.ownPostgres(),
            List.of(SpreadOrganization.ORDERER, SpreadOrganization.ORG1));
    private final SpreadServer two = new SpreadServer(
            folder,
            "server-two",
            TestPorts.ownServerOffset() + 20,
            TestPorts.spare(8),
            List.of(SpreadOrganization.ORG2));

    @Test
    void two_servers_serve_one_channel() throws Exception {
        Folders.delete(folder);
        Files.createDirectories(folder);
        assemble();
        OutsideBroker broker = broker();
        try (one;
                two) {
            for (SpreadServer server : List.of(one, two)) {
                server.startDatabase();
                server.start();
            }
            one.awaitReady();
            two.awaitReady();
            agree();
            try (PeerClient atOne = new PeerClient(one, SpreadOrganization.ORG1, material, CHANNEL);
                    PeerClient atTwo = new PeerClient(two, SpreadOrganization.ORG2, material, CHANNEL)) {
                whatEitherTakesIsEndorsedByBothAndCommittedAlike(atOne, atTwo);
                eitherTellsClientsOfBothPeers(atOne, atTwo);
                privateValuesReachTheMemberOnTheOtherServer(atOne, atTwo);
                whatTheMemberOnTheOtherServerLacksItAsksFor(atOne, atTwo);
                theOtherServerIsAwayAndComesBack(atOne, atTwo);
                assertAlike(atOne, atTwo);
                withoutTheOrderersServerNothingIsOrdered(atTwo);
            }
        } finally {
            broker.stop();
        }
    }

    private void whatEitherTakesIsEndorsedByBothAndCommittedAlike(PeerClient atOne, PeerClient atTwo) throws Exception {
        assertEndorsedByBoth(atOne, submit(atOne, "putBytes", "by one", "01"));
        assertEndorsedByBoth(atTwo, submit(atTwo, "putBytes", "by two", "02"));
        assertAlike(atOne, atTwo);
        for (PeerClient client : List.of(atOne, atTwo)) {
            assertThat(evaluate(client, "getBytes", "by one")).isEqualTo("01");
            assertThat(evaluate(client, "getBytes", "by two")).isEqualTo("02");
        }
    }

    private void eitherTellsClientsOfBothPeers(PeerClient atOne, PeerClient atTwo) throws Exception {
        for (PeerClient client : List.of(atOne, atTwo)) {
            List<QueryResult> results = client.discover(NAME);
            PeerMembershipResult peers = results.get(0).getMembers();
            assertThat(peers.getPeersByOrgMap()).containsOnlyKeys("Org1MSP", "Org2MSP");
            assertTold(peers.getPeersByOrgOrThrow("Org1MSP"), one.address(SpreadOrganization.ORG1));
            assertTold(peers.getPeersByOrgOrThrow("Org2MSP"), two.address(SpreadOrganization.ORG2));
            EndorsementDescriptor endorsers = results.get(1).getCcQueryRes().getContent(0);
            assertThat(endorsers.getLayoutsList())
                    .singleElement()
                    .satisfies(layout -> assertThat(
                                    layout.getQuantitiesByGroupMap().values())
                            .containsExactly(1, 1));
        }
    }

    private static void assertTold(Peers peers, String address) throws Exception {
        assertThat(peers.getPeersCount()).isEqualTo(1);
        Peer peer = peers.getPeers(0);
        assertThat(GossipMessage.parseFrom(peer.getMembershipInfo().getPayload())
                        .getAliveMsg()
                        .getMembership()
                        .getEndpoint())
                .isEqualTo(address);
        assertThat(GossipMessage.parseFrom(peer.getStateInfo().getPayload())
                        .getStateInfo()
                        .getProperties()
                        .getLedgerHeight())
                .isPositive();
    }

    /** The value is no argument: it goes from Org1's peer, which must not keep it, to Org2's, which endorses besides. */
    private static void privateValuesReachTheMemberOnTheOtherServer(PeerClient atOne, PeerClient atTwo)
            throws Exception {
        SubmittedTransaction submitted = atOne.contract(NAME)
                .newProposal("putSecret")
                .addArguments("ofOrg2", "secret")
                .putTransient("value", "for Org2 alone")
                .build()
                .endorse()
                .submitAsync();
        assertThat(submitted.getStatus().isSuccessful()).isTrue();
        await().atMost(SETTLED)
                .untilAsserted(() -> assertThat(evaluate(atTwo, "getPrivate", "ofOrg2", "secret"))
                        .isEqualTo("for Org2 alone"));
        assertThat(evaluate(atOne, "privateHash", "ofOrg2", "secret"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest("for Org2 alone".getBytes(StandardCharsets.UTF_8))));
    }

    /** Org1's peer endorses alone and hands the value to nobody. */
    private static void whatTheMemberOnTheOtherServerLacksItAsksFor(PeerClient atOne, PeerClient atTwo)
            throws Exception {
        submit(atOne, "putPrivate", "shared", "lacking", "told later");
        await().atMost(SETTLED)
                .ignoreExceptionsInstanceOf(org.hyperledger.fabric.client.GatewayException.class)
                .untilAsserted(() -> assertThat(evaluate(atTwo, "getPrivate", "shared", "lacking"))
                        .isEqualTo("told later"));
    }

    private void theOtherServerIsAwayAndComesBack(PeerClient atOne, PeerClient atTwo) throws Exception {
        two.stop();
        EndorseException refused = catchThrowableOfType(
                EndorseException.class, () -> atOne.contract(NAME).submitTransaction("putBytes", "away", "01"));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(refused.getStatus().getDescription())
                .isEqualTo("failed to collect enough transaction endorsements, see attached details for more info");
        String address = two.address(SpreadOrganization.ORG2);
        assertThat(refused.getDetails())
                .containsExactly(ErrorDetail.newBuilder()
                        .setAddress(address)
                        .setMspId("Org2MSP")
                        .setMessage("peer " + address
                                + " of Org2MSP: nobody answers there under the certificates of its organisation")
                        .build());
        for (int i = 0; i < 3 * ROOM; i++) {
            submit(atOne, "putPrivate", "shared", "while away", "value " + i);
        }
        two.start();
        two.awaitReady();
        assertEndorsedByBoth(atOne, submit(atOne, "putBytes", "back", "03"));
        assertAlike(atOne, atTwo);
        assertThat(evaluate(atTwo, "getBytes", "back")).isEqualTo("03");
        await().atMost(SETTLED)
                .ignoreExceptionsInstanceOf(org.hyperledger.fabric.client.GatewayException.class)
                .untilAsserted(() -> assertThat(evaluate(atTwo, "getPrivate", "shared", "while away"))
                        .isEqualTo("value " + (3 * ROOM - 1)));
    }

    /** Org2's own peer suffices to endorse for its own collection. */
    private void withoutTheOrderersServerNothingIsOrdered(PeerClient atTwo) throws Exception {
        one.stop();
        var transaction = atTwo.contract(NAME)
                .newProposal("putPrivate")
                .addArguments("_implicit_org_Org2MSP", "alone", "value")
                .build()
                .endorse();
        SubmitException refused = catchThrowableOfType(SubmitException.class, transaction::submitAsync);
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refused.getStatus().getDescription())
                .isEqualTo("no orderers could successfully process transaction");
        assertThat(refused.getDetails())
                .singleElement()
                .satisfies(detail -> assertThat(detail.getMessage())
                        .contains("orderer " + one.address(SpreadOrganization.ORDERER)
                                + ": nobody answers there under the certificates of its organisation"));
        assertThat(evaluate(atTwo, "getBytes", "by one")).as("reading goes on").isEqualTo("01");
    }

    private static String submit(PeerClient client, String... call) throws Exception {
        SubmittedTransaction submitted = client.contract(NAME)
                .newProposal(call[0])
                .addArguments(List.of(call).subList(1, call.length).toArray(String[]::new))
                .build()
                .endorse()
                .submitAsync();
        assertThat(submitted.getStatus().isSuccessful()).isTrue();
        return submitted.getTransactionId();
    }

    private static String evaluate(PeerClient client, String... call) throws Exception {
        Contract contract = client.contract(NAME);
        return new String(
                contract.evaluateTransaction(
                        call[0], List.of(call).subList(1, call.length).toArray(String[]::new)),
                StandardCharsets.UTF_8);
    }

    private static void assertEndorsedByBoth(PeerClient client, String txId) throws Exception {
        Block block = Block.parseFrom(client.contract("qscc").evaluateTransaction("GetBlockByTxID", CHANNEL, txId));
        EndorserTransaction transaction =
                EndorserTransaction.parse(ParsedEnvelope.parse(block.getData().getData(0)));
        assertThat(transaction.endorsements())
                .extracting(endorsement -> org.hyperledger.fabric.protos.msp.SerializedIdentity.parseFrom(
                                endorsement.getEndorser())
                        .getMspid())
                .containsExactlyInAnyOrder("Org1MSP", "Org2MSP");
    }

    /** Equal heights, blocks, verdicts and commit hashes, once the slower one has caught up. */
    private static void assertAlike(PeerClient atOne, PeerClient atTwo) throws Exception {
        await().atMost(SETTLED).untilAsserted(() -> assertThat(atTwo.info()).isEqualTo(atOne.info()));
        List<Block> chain = atOne.chain();
        assertThat(atTwo.chain()).isEqualTo(chain);
        assertThat(chain.subList(1, chain.size())).allSatisfy(block -> {
            assertThat(CommitHash.in(block).isEmpty()).isFalse();
            assertThat(TransactionsFilter.of(block).codes())
                    .containsOnly(org.hyperledger.fabric.protos.peer.TxValidationCode.VALID);
        });
    }

    /** What the operators of both do before their servers start. */
    private void assemble() throws Exception {
        Files.writeString(folder.resolve("crypto-config.yaml"), """
                OrdererOrgs:
                  - {Name: Orderer, Domain: example.com, EnableNodeOUs: true, Specs: [{Hostname: orderer}]}
                PeerOrgs:
                  - {Name: Org1, Domain: org1.example.com, EnableNodeOUs: true, Template: {Count: 1}, Users: {Count: 1}}
                  - {Name: Org2, Domain: org2.example.com, EnableNodeOUs: true, Template: {Count: 1}, Users: {Count: 1}}
                """);
        ok(Cli.bare(folder)
                .run("cryptogen", "generate", "--config", "crypto-config.yaml", "--output", "organizations"));
        String packageId = TrialServer.PROBE.packageId(Artifacts.ofThisBuild());
        for (SpreadServer server : List.of(one, two)) {
            server.assemble(material, List.of(SpreadOrganization.ORG1, SpreadOrganization.ORG2));
            server.allow(packageId);
            for (String account : ACCOUNTS) {
                server.with(
                        "JANGBU_JMS_" + account.toUpperCase(java.util.Locale.ROOT) + "_PASSWORD", password(account));
            }
            server.with("JANGBU_BROKER_HOST", "localhost")
                    .with("JANGBU_BROKER_PORT", Integer.toString(TestPorts.spare(5)))
                    .with("JANGBU_BROKER_TLS", "true")
                    .with("JANGBU_BROKER_TRUSTSTORE", trustStore().toString())
                    .with("JANGBU_BROKER_TRUSTSTORE_PASSWORD", "trust")
                    .with("JANGBU_PRIVATE_RECONCILE_INTERVAL", "PT1S")
                    // The nodes' names lead to this machine, as they would lead to others by DNS.
                    .with(
                            "JAVA_OPTS",
                            "-Xms256m -Xmx768m -XX:MaxMetaspaceSize=768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                                    + " -Djava.awt.headless=true -Djava.net.preferIPv4Stack=true -Djdk.net.hosts.file="
                                    + hosts());
        }
        two.with("JANGBU_DELIVER_BLOCKS", Integer.toString(ROOM))
                // Accounts of the broker that its operator is not told of.
                .with("JANGBU_JMS_ORDERER_PASSWORD", "unknown")
                .with("JANGBU_JMS_BROADCASTER_PASSWORD", "unknown");
    }

    private Path hosts() throws IOException {
        Path file = folder.resolve("hosts");
        if (!Files.exists(file)) {
            StringBuilder lines = new StringBuilder();
            Stream.concat(
                            Stream.of("localhost", InetAddress.getLocalHost().getHostName()),
                            Stream.of(SpreadOrganization.values()).map(SpreadOrganization::node))
                    .forEach(name -> lines.append("127.0.0.1 ").append(name).append('\n'));
            Files.writeString(file, lines);
        }
        return file;
    }

    /** With the authority of the broker's certificate, and no key. */
    private Path trustStore() throws Exception {
        Path file = folder.resolve("trust.p12");
        if (!Files.exists(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            try (var in = Files.newInputStream(SpreadOrganization.ORDERER.tlsRoot(material))) {
                store.setCertificateEntry(
                        "broker", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "trust".toCharArray());
            }
        }
        return file;
    }

    private static String password(String account) {
        return account + " secret";
    }

    private OutsideBroker broker() throws Exception {
        return new OutsideBroker(
                Artifacts.ofThisBuild().projectFolder().resolve("docker/broker/broker.xml"),
                folder.resolve("broker"),
                TestPorts.spare(5),
                one.keyStore(),
                one.keyStorePassword(),
                Map.of(
                        "orderer", password("orderer"),
                        "broadcaster", password("broadcaster"),
                        "committer", password("committer")));
    }

    /** What the organisations do while their servers run. Org2's peer joins when there are blocks already. */
    private void agree() throws Exception {
        Files.writeString(folder.resolve("profile.yaml"), """
                consortium: SpreadConsortium
                ordererOrganizations:
                  - {mspId: OrdererMSP, mspDir: organizations/ordererOrganizations/example.com/msp, addresses: ["%s"]}
                organizations:
                  - {mspId: Org1MSP, mspDir: organizations/peerOrganizations/org1.example.com/msp, anchorPeers: ["%s"]}
                  - {mspId: Org2MSP, mspDir: organizations/peerOrganizations/org2.example.com/msp, anchorPeers: ["%s"]}
                """.formatted(
                        one.address(SpreadOrganization.ORDERER),
                        one.address(SpreadOrganization.ORG1),
                        two.address(SpreadOrganization.ORG2)));
        Files.writeString(folder.resolve("collections.json"), """
                [{"name": "ofOrg2", "policy": "OR('Org2MSP.member')", "requiredPeerCount": 0, "maxPeerCount": 1, "memberOnlyRead": true},
                 {"name": "shared", "policy": "OR('Org1MSP.member','Org2MSP.member')", "requiredPeerCount": 0, "maxPeerCount": 0,
                  "endorsementPolicy": {"signaturePolicy": "OR('Org1MSP.peer')"}}]
                """);
        Path contract = Artifacts.ofThisBuild().contractPackage(TrialServer.PROBE.packageFile());
        String packageId = TrialServer.PROBE.packageId(Artifacts.ofThisBuild());
        String[] definition = {
            "-C",
            CHANNEL,
            "-n",
            NAME,
            "-v",
            "1.0",
            "--sequence",
            "1",
            "--signature-policy",
            POLICY,
            "--collections-config",
            "collections.json"
        };
        Cli admin1 = administrator(one, SpreadOrganization.ORG1);
        Cli admin2 = administrator(two, SpreadOrganization.ORG2);
        ok(admin1.run("channel", "create", "--profile", "profile.yaml", "-c", CHANNEL, "--outputBlock", "first.block"));
        ok(admin1.run("channel", "join", "-b", "first.block", "--peer", SpreadOrganization.ORG1.node()));
        ok(admin1.run("chaincode", "install", contract.toString(), "--peer", SpreadOrganization.ORG1.node()));
        ok(admin1.run(with(definition, "chaincode", "approveformyorg", "--package-id", packageId)));
        ok(admin2.run("channel", "join", "-b", "first.block", "--peer", SpreadOrganization.ORG2.node()));
        ok(admin2.run("chaincode", "install", contract.toString(), "--peer", SpreadOrganization.ORG2.node()));
        ok(admin2.run(with(definition, "chaincode", "approveformyorg", "--package-id", packageId)));
        ok(admin1.run(with(definition, "chaincode", "commit")));
    }

    private Cli administrator(SpreadServer server, SpreadOrganization organization) {
        return Cli.bare(folder)
                .with("JANGBU_SERVER", server.https())
                .with("JANGBU_TLS_CA", tlsRootOf(server).toString())
                .with("JANGBU_MSP_DIR", organization.userMsp(material, "Admin").toString())
                .with("JANGBU_MSP_ID", organization.mspId());
    }

    /** Each server shows the certificate of its first node. */
    private Path tlsRootOf(SpreadServer server) {
        return (server == one ? SpreadOrganization.ORDERER : SpreadOrganization.ORG2).tlsRoot(material);
    }

    private static Cli.Ended ok(Cli.Ended ended) {
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    private static String[] with(String[] more, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }
}
