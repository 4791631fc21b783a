package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.chaincode.java.JavaChaincodeDeployer;
import org.jangbu.chaincode.java.Limits;
import org.jangbu.chaincode.packaging.ServiceAddress;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.service.ServiceDeployer;
import org.jangbu.chaincode.service.ServiceLimits;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.testkit.ShimJars;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ReadWriteSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same contract in the server and as a service, asked the same: answers, events and read/write sets do not differ by a byte. */
class DifferentialTest {
    private static final String PACKAGE = "program_1.0:" + "b".repeat(64);
    private static final int CALLS = 1_000;
    private static final int ROWS = 260;
    private static final String OWN = "_implicit_org_Org1MSP";

    @TempDir
    Path folder;

    private final Random random = new Random(2_026);
    private final TestPeer inside = new TestPeer(1);
    private final TestPeer outside = new TestPeer(1);

    @Test
    void a_thousand_random_calls_have_equal_answers_and_read_write_sets_in_the_server_and_as_a_service()
            throws Exception {
        try (JavaChaincodeDeployer java = new JavaChaincodeDeployer(ShimJars.onClassPath(), Thread::new);
                ServiceDeployer services = new ServiceDeployer(Thread::new);
                JavaService service = JavaService.start(folder, PACKAGE);
                ChaincodeRuntime here = java.deploy(PACKAGE, "Org1MSP", JavaService.classes(folder), Limits.DEFAULT);
                ChaincodeRuntime there = services.deploy(
                        PACKAGE,
                        new ServiceEndpoint(
                                new ServiceAddress("127.0.0.1", service.port()),
                                Duration.ofSeconds(10),
                                Optional.empty()),
                        ServiceLimits.DEFAULT)) {
            inside.runs(TestPeer.CHAINCODE, new Borrowed(here));
            outside.runs(TestPeer.CHAINCODE, new Borrowed(there));
            commit(IntStream.range(0, ROWS)
                    .boxed()
                    .collect(Collectors.toMap(
                            i -> new StateKey(TestPeer.CHAINCODE, String.format("row%03d", i)),
                            i -> ByteString.copyFromUtf8("value" + i))));
            commit(IntStream.range(0, ROWS)
                    .boxed()
                    .collect(Collectors.toMap(
                            i -> new StateKey(TestPeer.CHAINCODE, String.format("doc%03d", i)),
                            i -> ByteString.copyFromUtf8(
                                    "{\"n\":" + i + ",\"kind\":\"" + word().replace("\"", "\\\"") + "\"}"))));
            commitPrivate();
            Endorser insides = inside.endorser();
            Endorser outsides = outside.endorser();
            awaitService(outsides);

            int committed = 0;
            for (int call = 0; call < CALLS; call++) {
                SignedProposal proposal = proposal();
                ProposalResponse expected = insides.process(proposal);
                ProposalResponse actual = outsides.process(proposal);

                assertThat(actual.getResponse()).as("call %s", call).isEqualTo(expected.getResponse());
                assertThat(actual.getPayload()).as("call %s", call).isEqualTo(expected.getPayload());
                if (expected.getResponse().getStatus() == 200) {
                    committed += commit(writes(expected)) ? 1 : 0;
                }
            }
            assertThat(committed).as("calls that wrote").isGreaterThan(CALLS / 4);
            initialise(insides, outsides);
        }
    }

    /** Neither place lets an initialisation touch private data. */
    private void initialise(Endorser insides, Endorser outsides) throws Exception {
        inside.defines(TestPeer.CHAINCODE, 2, "2.0", true);
        outside.defines(TestPeer.CHAINCODE, 2, "2.0", true);
        SignedProposal init = TestProposal.of("run", "putPrivate " + OWN + " k v\nhash " + OWN + " k\nput k v")
                .init()
                .signed();
        ProposalResponse expected = insides.process(init);
        ProposalResponse actual = outsides.process(init);

        assertThat(expected.getResponse().getPayload().toStringUtf8())
                .isEqualTo("putPrivate=refused\nhash=refused\nput=\n");
        assertThat(actual.getResponse()).isEqualTo(expected.getResponse());
        assertThat(actual.getPayload()).isEqualTo(expected.getPayload());
    }

    /** Both runtimes are the test's own to close. */
    private record Borrowed(ChaincodeRuntime runtime) implements Contract {
        @Override
        public org.jangbu.chaincode.spi.ChaincodeResult invoke(
                org.jangbu.chaincode.spi.Invocation invocation, org.jangbu.chaincode.spi.ChaincodeHost host)
                throws org.jangbu.chaincode.spi.ChaincodeExecutionException {
            return runtime.invoke(invocation, host);
        }
    }

    private void awaitService(Endorser endorser) {
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        endorser.process(TestProposal.of("run", "get row001").signed())
                                        .getResponse()
                                        .getStatus()
                                == 200);
    }

    private SignedProposal proposal() throws Exception {
        int kind = random.nextInt(20);
        TestProposal proposal;
        if (kind == 0) {
            proposal = TestProposal.of(
                    "enrich",
                    "{\"id\":\"" + word() + "\",\"worth\":" + random.nextInt(100) + "}",
                    "" + random.nextInt(9));
        } else if (kind == 1) {
            proposal = TestProposal.of("program:" + (random.nextBoolean() ? "run" : "nosuchfunction"), "get " + key());
        } else {
            int steps = 1 + random.nextInt(8);
            proposal = TestProposal.of(
                    "run", IntStream.range(0, steps).mapToObj(i -> step()).collect(Collectors.joining("\n")));
        }
        return proposal.by(FabricVectors.user(1 + random.nextInt(2)))
                .transientData("secret", word())
                .signed();
    }

    private String step() {
        int most = List.of(1, 50, 99, 100, 101, 150, 200, 201, 1_000).get(random.nextInt(9));
        return switch (random.nextInt(29)) {
            case 0, 1, 2, 3 -> "put " + key() + " " + word();
            case 4 -> "put " + key() + " ";
            case 5 -> "put  value-of-no-key";
            case 6 -> "delete " + key();
            case 7, 8 -> "get " + key();
            case 9, 10 -> "range " + bound() + " " + bound() + " " + most;
            case 11 -> "page " + bound() + " " + (random.nextInt(130) - 1) + " " + bound();
            case 12, 13 -> "putComposite " + word() + " " + word() + " " + random.nextInt(100);
            case 14 -> "composite " + word() + " " + word() + " " + most;
            case 15 -> "history " + key() + " " + most;
            case 16 -> "event " + (random.nextInt(5) == 0 ? "" : word()) + " " + word();
            case 17 -> "policy " + key() + " " + word();
            case 18 -> "policyOf " + key();
            case 19 -> "putPrivate _implicit_org_Org" + (1 + random.nextInt(2)) + "MSP " + key() + " " + word();
            case 20 -> "hash " + (random.nextBoolean() ? "_implicit_org_Org1MSP " : "nowhere ") + key();
            case 21 -> random.nextBoolean() ? "call " + TestPeer.CHAINCODE + " x" : "call nobody x";
            case 22 -> random.nextBoolean() ? "who" : "transient secret";
            case 23 -> "query " + query() + " " + most;
            case 24 ->
                "queryPage " + query() + " " + (random.nextInt(130) - 1) + " " + (random.nextInt(9) == 0 ? "x" : "");
            case 25 -> "getPrivate " + OWN + " " + privateKey();
            case 26 -> "privateRange " + OWN + " " + bound() + " " + bound();
            case 27 ->
                random.nextBoolean()
                        ? "privateComposite " + OWN + " type " + random.nextInt(4)
                        : "purgePrivate " + OWN + " " + privateKey();
            default ->
                random.nextInt(4) == 0
                        ? (random.nextBoolean() ? "refuse " : "fail ") + word() + " " + word()
                        : "query {} 1";
        };
    }

    private String query() {
        String selector = switch (random.nextInt(4)) {
            case 0 -> "{\"n\":{\"$gt\":" + random.nextInt(ROWS) + "}}";
            case 1 -> "{\"kind\":\"" + word().replace("\"", "\\\"") + "\"}";
            case 2 -> "{\"kind\":{\"$regex\":\"^[a-p]\"}}";
            default -> "{\"$where\":1}";
        };
        return "{\"selector\":" + selector
                + (random.nextBoolean() ? ",\"sort\":[{\"n\":\"desc\"}]" : "")
                + (random.nextBoolean() ? ",\"fields\":[\"kind\"]" : "") + "}";
    }

    private String privateKey() {
        return String.format("row%03d", random.nextInt(ROWS + 10));
    }

    /** More rows than a batch has, and some composite keys. */
    private void commitPrivate() {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < ROWS; i++) {
            values.put(String.format("row%03d", i), "secret" + i);
            values.put("\0type\0" + i % 3 + "\0" + i + "\0", "composite" + i);
        }
        inside.ledger().putPrivate(TestPeer.CHAINCODE, OWN, values);
        outside.ledger().putPrivate(TestPeer.CHAINCODE, OWN, values);
    }

    private String key() {
        return random.nextInt(3) == 0 ? String.format("row%03d", random.nextInt(ROWS)) : "key" + random.nextInt(12);
    }

    private String bound() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "row";
            default -> String.format("row%03d", random.nextInt(ROWS + 10));
        };
    }

    private String word() {
        return List.of("apple", "pear", "\uC7A5\uBD80", "\uD83D\uDE00", "x\"y").get(random.nextInt(5));
    }

    /** The public writes of an answer. */
    private static Map<StateKey, ByteString> writes(ProposalResponse response) throws Exception {
        ByteString results = ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults();
        Map<StateKey, ByteString> writes = new HashMap<>();
        for (ReadWriteSet.Namespace namespace : ReadWriteSet.parse(results).namespaces()) {
            for (KVWrite write : namespace.keys().getWritesList()) {
                writes.put(new StateKey(namespace.name(), write.getKey()), write.getValue());
            }
        }
        return writes;
    }

    /** Both ledgers stay equal. */
    private boolean commit(Map<StateKey, ByteString> writes) {
        if (!writes.isEmpty()) {
            inside.ledger().put(writes);
            outside.ledger().put(writes);
        }
        return !writes.isEmpty();
    }
}
