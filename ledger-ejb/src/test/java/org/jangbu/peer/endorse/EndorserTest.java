package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Version;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndorserTest {
    private static final StateKey BALANCE = new StateKey(TestPeer.CHAINCODE, "balance");

    private static final String NOT_ENDORSING =
            "peer peer0.org1.example.com does not endorse on channel mychannel: it has not the role there";

    private final TestPeer peer = new TestPeer(1);

    @Test
    void endorses_with_hash_results_event_and_signature() throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.putState("", "k", Contract.bytes("v"));
            return new ChaincodeResult(
                    200, "fine", Contract.bytes("payload"), new ChaincodeResult.Event("paid", Contract.bytes("e")));
        });
        SignedProposal signed =
                TestProposal.of("put").transientData("secret", "s").signed();
        UnpackedProposal proposal = UnpackedProposal.of(signed, 1 << 20);

        ProposalResponse response = peer.endorser().process(signed);

        assertThat(response.getVersion()).isEqualTo(1);
        assertThat(response.getResponse().getStatus()).isEqualTo(200);
        ProposalResponsePayload payload = ProposalResponsePayload.parseFrom(response.getPayload());
        assertThat(payload.getProposalHash()).isEqualTo(proposal.hash());
        ChaincodeAction action = ChaincodeAction.parseFrom(payload.getExtension());
        assertThat(action.getChaincodeId().getName()).isEqualTo("basic");
        assertThat(action.getChaincodeId().getVersion()).isEqualTo("1.0");
        assertThat(action.getResponse()).isEqualTo(response.getResponse());
        ChaincodeEvent event = ChaincodeEvent.parseFrom(action.getEvents());
        assertThat(event.getTxId()).isEqualTo(proposal.txId().value());
        assertThat(event.getEventName()).isEqualTo("paid");
        ReadWriteSet set = ReadWriteSet.parse(action.getResults());
        assertThat(set.namespaces()).extracting(ReadWriteSet.Namespace::name).containsExactly("_lifecycle", "basic");
        assertThat(set.namespaces().get(0).keys().getReads(0).getVersion().getBlockNum())
                .isEqualTo(5);
        Identity endorser = TestPeer.channelConfig()
                .membership()
                .deserialize(response.getEndorsement().getEndorser());
        assertThat(endorser.verifies(
                        response.getEndorsement().getSignature(),
                        response.getPayload(),
                        response.getEndorsement().getEndorser()))
                .isTrue();
        assertThat(response.getPayload().toStringUtf8()).doesNotContain("secret");
    }

    @Test
    void two_peers_answer_with_the_same_payload_bytes() throws Exception {
        Contract contract = (call, host) -> {
            for (String key : List.of("z", "a", "\uD83D\uDE00", "\uFFFD")) {
                host.putState("", key, Contract.bytes(key));
                host.getState("", key + "?");
            }
            return Contract.ok("done");
        };
        SignedProposal signed = TestProposal.of("many").signed();
        ByteString one = new TestPeer(1)
                .runs("basic", contract)
                .endorser()
                .process(signed)
                .getPayload();
        ByteString two = new TestPeer(2)
                .runs("basic", contract)
                .endorser()
                .process(signed)
                .getPayload();
        assertThat(one).isEqualTo(two);
    }

    @Test
    void answers_400_to_499_with_the_response_alone_and_500_with_a_payload_but_no_endorsement() throws Exception {
        peer.runs("basic", (call, host) -> {
            host.putState("", "k", Contract.bytes("v"));
            return Contract.answer(Integer.parseInt(Contract.arg(call, 0)), "no", "why");
        });
        ProposalResponse refused =
                peer.endorser().process(TestProposal.of("404").signed());
        assertThat(refused.getResponse().getStatus()).isEqualTo(404);
        assertThat(refused.getResponse().getPayload().toStringUtf8()).isEqualTo("why");
        assertThat(refused.getPayload().isEmpty()).isTrue();
        assertThat(refused.hasEndorsement()).isFalse();

        ProposalResponse failed = peer.endorser().process(TestProposal.of("500").signed());
        assertThat(failed.hasEndorsement()).isFalse();
        ChaincodeAction action = ChaincodeAction.parseFrom(
                ProposalResponsePayload.parseFrom(failed.getPayload()).getExtension());
        assertThat(action.getResults().isEmpty()).isTrue();
        assertThat(action.getResponse().getMessage()).isEqualTo("no");
    }

    @Test
    void refuses_each_bad_proposal_in_its_own_words() throws Exception {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        refused(TestProposal.of().type(4), "error validating proposal: invalid header type ORDERER_TRANSACTION");
        refused(TestProposal.of().type(77), "error validating proposal: invalid header type 77");
        refused(TestProposal.of().epoch(1), "error validating proposal: epoch is non-zero");
        refused(TestProposal.of().nonce(ByteString.EMPTY), "error validating proposal: nonce is empty");
        refused(TestProposal.of().creatorBytes(ByteString.EMPTY), "error validating proposal: creator is empty");
        refused(TestProposal.of().txId("ab"), "incorrectly computed txid 'ab' -- expected '");
        refused(TestProposal.of().signature(ByteString.EMPTY), "error validating proposal: empty signature bytes");
        refused(
                TestProposal.of().creatorBytes(ByteString.copyFrom(new byte[] {(byte) 0xff})),
                "access denied: channel [mychannel] creator org unknown, creator is malformed");
        refused(
                TestProposal.of()
                        .creatorBytes(SerializedIdentity.newBuilder()
                                .setMspid("Org9MSP")
                                .setIdBytes(ByteString.copyFromUtf8("x"))
                                .build()
                                .toByteString()),
                "access denied: channel [mychannel] creator org [Org9MSP]");
        refused(
                TestProposal.of().signature(FabricVectors.user(2).sign(ByteString.copyFromUtf8("else"))),
                "access denied: channel [mychannel] creator org [Org1MSP]");
        refused(TestProposal.of().chaincode(""), "ChaincodeHeaderExtension.ChaincodeId.Name is empty");
        assertThatThrownBy(() -> peer.endorser()
                        .process(SignedProposal.newBuilder()
                                .setProposalBytes(ByteString.copyFrom(new byte[] {8}))
                                .build()))
                .isInstanceOf(ProposalException.class)
                .hasMessageContaining("error unmarshalling Proposal");
    }

    @Test
    void refuses_proposals_too_old_or_from_the_future() {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        Duration limit = Duration.ofMinutes(15);
        refused(TestProposal.of().at(TestPeer.NOW.minus(limit).minusMillis(1)), "incorrect timestamp");
        refused(TestProposal.of().at(TestPeer.NOW.plus(limit).plusMillis(1)), "incorrect timestamp");
        assertThat(accepted(TestProposal.of().at(TestPeer.NOW.minus(limit)))).isTrue();
        assertThat(accepted(TestProposal.of().at(TestPeer.NOW.plus(limit)))).isTrue();
    }

    @Test
    void refuses_a_creator_whose_certificate_has_expired() {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        var late = FabricVectors.user(1).certificate().getNotAfter().toInstant().plusSeconds(1);
        peer.at(late);
        refused(TestProposal.of().at(late), "proposal client identity expired");
    }

    @Test
    void refuses_a_creator_whose_certificate_is_not_valid_yet() {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        var early =
                FabricVectors.user(1).certificate().getNotBefore().toInstant().minusSeconds(1);
        peer.at(early);
        refused(TestProposal.of().at(early), "proposal client identity expired");
    }

    @Test
    void refuses_a_creator_whom_a_list_of_this_server_revokes_from_the_moment_it_arrives() {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        RevocationNews[] known = {RevocationNews.NONE};
        peer.knowing(() -> known[0]);
        assertThat(accepted(TestProposal.of())).isTrue();
        known[0] = RevocationNews.of(List.of(FabricVectors.revocation(FabricVectors.user(1))));
        refused(TestProposal.of(), "access denied: channel [mychannel] creator org [Org1MSP]");
        assertThat(accepted(TestProposal.of().by(FabricVectors.admin(1)))).isTrue();
    }

    @Test
    void refuses_who_may_not_write_to_the_channel() {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        // Writers of an organisation are its admins and clients, not its peers.
        refused(TestProposal.of().by(FabricVectors.peer(1)), "failed evaluating policy on signed data");
    }

    @Test
    void refuses_a_transaction_id_that_is_on_the_ledger() throws Exception {
        peer.runs("basic", (call, host) -> Contract.ok(""));
        SignedProposal first = TestProposal.of("x").signed();
        UnpackedProposal proposal = UnpackedProposal.of(first, 1 << 20);
        peer.ledger()
                .commit(new org.jangbu.ledger.commit.ValidatedBlock(
                        org.hyperledger.fabric.protos.common.Block.newBuilder()
                                .setHeader(org.hyperledger.fabric.protos.common.BlockHeader.newBuilder()
                                        .setNumber(6))
                                .build(),
                        List.of(new org.jangbu.ledger.commit.ValidatedBlock.Outcome(
                                proposal.txId(),
                                org.hyperledger.fabric.protos.peer.TxValidationCode.MVCC_READ_CONFLICT,
                                TestPeer.NOW)),
                        List.of(),
                        List.of()));
        assertThatThrownBy(() -> peer.endorser().process(first))
                .isInstanceOf(ProposalException.class)
                .hasMessageStartingWith("duplicate transaction found [" + proposal.txId() + "]. Creator [");
    }

    @Test
    void says_what_is_missing_channel_definition_or_package() throws Exception {
        assertThat(failure(TestProposal.of().channel("other"))).isEqualTo("channel 'other' not found");
        assertThat(failure(TestProposal.of().chaincode("nothing")))
                .isEqualTo("make sure the chaincode nothing has been successfully defined on channel mychannel and try"
                        + " again: chaincode nothing not found");
        assertThat(failure(TestProposal.of().chaincode("no/such name"))).contains("chaincode no/such name not found");
        assertThat(failure(TestProposal.of()))
                .isEqualTo(
                        "error in simulation: chaincode definition for 'basic' exists, but chaincode is not installed");
        peer.runs("basic", (call, host) -> Contract.ok(""));
        assertThat(failure(TestProposal.of().init()))
                .isEqualTo("error in simulation: chaincode 'basic' does not require initialization but called as init");
    }

    @Test
    void a_definition_that_asks_for_initialisation_takes_it_once_at_each_version_and_before_all_else()
            throws Exception {
        AtomicInteger runs = new AtomicInteger();
        peer.runs("basic", (call, host) -> {
            runs.incrementAndGet();
            return Contract.ok(call.init() ? "init" : "call");
        });
        define(2, "2.0", true);
        assertThat(failure(TestProposal.of("x")))
                .isEqualTo("error in simulation: chaincode 'basic' has not been initialized for this version, must call"
                        + " as init first");
        assertThat(runs).as("the contract is not even asked").hasValue(0);

        initialise();
        assertThat(accepted(TestProposal.of("x"))).isTrue();
        assertThat(failure(TestProposal.of("x").init()))
                .isEqualTo("error in simulation: chaincode 'basic' is already initialized but called as init");
        define(3, "2.0", true);
        assertThat(accepted(TestProposal.of("x")))
                .as("another sequence of the same version")
                .isTrue();

        define(4, "3.0", true);
        assertThat(failure(TestProposal.of("x"))).contains("has not been initialized for this version");
        initialise();
        assertThat(accepted(TestProposal.of("x"))).isTrue();
        assertThat(failure(TestProposal.of("x").init())).contains("is already initialized");
    }

    @Test
    void an_initialisation_that_the_contract_refuses_writes_nothing() throws Exception {
        peer.runs("basic", (call, host) -> Contract.answer(500, "not like this", ""));
        define(2, "2.0", true);
        ProposalResponse refused =
                peer.endorser().process(TestProposal.of("x").init().signed());
        assertThat(refused.hasEndorsement()).isFalse();
        assertThat(ChaincodeAction.parseFrom(ProposalResponsePayload.parseFrom(refused.getPayload())
                                .getExtension())
                        .getResults()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_chaincode_that_is_not_initialised_is_not_called_by_another_either() throws Exception {
        peer.runs("basic", (call, host) -> Contract.ok("ran"));
        peer.runs("caller", (call, host) -> host.invokeChaincode("basic", "", List.of(Contract.bytes("x"))));
        peer.defines("caller", 1, "1.0", false);
        define(2, "2.0", true);
        assertThat(failure(TestProposal.of("x").chaincode("caller"))).contains("has not been initialized");
    }

    /** Has the first call made as an initialisation, and its writes committed. */
    private void initialise() throws Exception {
        ProposalResponse response =
                peer.endorser().process(TestProposal.of("x").init().signed());
        assertThat(response.getResponse().getPayload().toStringUtf8()).isEqualTo("init");
        Map<StateKey, ByteString> writes = new HashMap<>();
        for (ReadWriteSet.Namespace namespace : results(response).namespaces()) {
            namespace
                    .keys()
                    .getWritesList()
                    .forEach(write -> writes.put(new StateKey(namespace.name(), write.getKey()), write.getValue()));
        }
        assertThat(writes).hasSize(1);
        peer.ledger().put(writes);
    }

    private void define(long sequence, String version, boolean initRequired) {
        peer.defines(TestPeer.CHAINCODE, sequence, version, initRequired);
    }

    @Test
    void a_contract_that_gives_no_answer_ends_its_own_proposal_alone() throws Exception {
        peer.runs("basic", (call, host) -> {
            throw new ChaincodeExecutionException("timeout expired while executing transaction");
        });
        assertThat(failure(TestProposal.of()))
                .contains("failed to execute transaction")
                .endsWith("timeout expired while executing transaction");
        peer.runs("basic", (call, host) -> Contract.ok("well"));
        assertThat(accepted(TestProposal.of())).isTrue();
    }

    @Test
    void answers_503_while_the_database_is_away_even_if_the_contract_swallows_it() throws Exception {
        peer.runs("basic", (call, host) -> {
            try {
                peer.ledger().fail(new IllegalStateException("connection refused to 10.0.0.7"));
                host.getState("", "a");
            } catch (RuntimeException swallowed) {
                return Contract.ok("all is well");
            } finally {
                peer.ledger().fail(null);
            }
            return Contract.ok("");
        });
        ProposalResponse response = peer.endorser().process(TestProposal.of().signed());
        assertThat(response.getResponse().getStatus()).isEqualTo(503);
        assertThat(response.getResponse().getMessage())
                .isEqualTo("the ledger of channel mychannel cannot be read now; try again");
        peer.ledger().fail(new IllegalStateException("gone"));
        assertThat(peer.endorser()
                        .process(TestProposal.of().signed())
                        .getResponse()
                        .getStatus())
                .isEqualTo(503);
    }

    @Test
    void runs_again_when_a_commit_overtakes_what_was_read() throws Exception {
        peer.ledger().put(Map.of(BALANCE, ByteString.copyFromUtf8("1")));
        AtomicInteger runs = new AtomicInteger();
        peer.runs("basic", (call, host) -> {
            String balance = text(host.getState("", "balance"));
            if (runs.incrementAndGet() == 1) {
                peer.ledger().put(Map.of(BALANCE, ByteString.copyFromUtf8("2")));
            }
            return Contract.ok(balance);
        });
        ProposalResponse response = peer.endorser().process(TestProposal.of().signed());
        assertThat(response.getResponse().getPayload().toStringUtf8()).isEqualTo("2");
        assertThat(runs).hasValue(2);
    }

    @Test
    void does_not_run_again_for_a_commit_of_something_else() throws Exception {
        peer.ledger().put(Map.of(BALANCE, ByteString.copyFromUtf8("1")));
        AtomicInteger runs = new AtomicInteger();
        peer.runs("basic", (call, host) -> {
            runs.incrementAndGet();
            host.getState("", "balance");
            drain(host.getStateByRange("", "b", "c", null));
            peer.ledger().put(Map.of(new StateKey("basic", "other"), ByteString.copyFromUtf8("2")));
            return Contract.ok("");
        });
        assertThat(accepted(TestProposal.of())).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    @Timeout(30)
    void answers_though_a_commit_comes_each_time_it_looks_whether_all_still_holds() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        Runnable commit = () -> peer.ledger()
                .put(Map.of(new StateKey("basic", "other"), ByteString.copyFromUtf8("v" + commits.incrementAndGet())));
        peer.runs("basic", (call, host) -> {
            drain(host.getStateByRange("", "b", "c", null));
            commit.run();
            peer.ledger().beforeRead(commit);
            return Contract.ok("");
        });
        assertThat(accepted(TestProposal.of())).isTrue();
        assertThat(commits.get()).isBetween(2, 10);
    }

    @Test
    void what_is_read_on_another_channel_is_of_one_height_too() throws Exception {
        MemoryLedger other = peer.joins("second");
        StateKey from = new StateKey("basic", "from");
        StateKey to = new StateKey("basic", "to");
        other.put(Map.of(from, ByteString.copyFromUtf8("1"), to, ByteString.copyFromUtf8("0")));
        AtomicInteger runs = new AtomicInteger();
        peer.defines("caller", 1, "1.0", false);
        peer.runs("caller", (call, host) -> host.invokeChaincode("basic", "second", List.of(Contract.bytes("sum"))));
        peer.runs("basic", (call, host) -> {
            String first = text(host.getState("", "from"));
            if (runs.incrementAndGet() == 1) {
                other.put(Map.of(from, ByteString.copyFromUtf8("0"), to, ByteString.copyFromUtf8("1")));
            }
            return Contract.ok(first + text(host.getState("", "to")));
        });
        ProposalResponse response = peer.endorser()
                .process(TestProposal.of("sum").chaincode("caller").signed());
        assertThat(response.getResponse().getPayload().toStringUtf8()).isEqualTo("01");
        assertThat(runs).hasValue(2);
    }

    @Test
    void an_outage_of_another_channel_ends_the_proposal_even_if_the_contract_swallows_it() throws Exception {
        MemoryLedger other = peer.joins("second");
        peer.defines("caller", 1, "1.0", false);
        peer.runs("basic", (call, host) -> {
            other.fail(new StateUnavailableException("away", true));
            return Contract.ok(text(host.getState("", "k")));
        });
        peer.runs("caller", (call, host) -> {
            try {
                return host.invokeChaincode("basic", "second", List.of(Contract.bytes("x")));
            } catch (ChaincodeHostException swallowed) {
                return Contract.ok("never mind");
            }
        });
        assertThat(peer.endorser()
                        .process(TestProposal.of("x").chaincode("caller").signed())
                        .getResponse()
                        .getStatus())
                .isEqualTo(503);
    }

    @Test
    void a_chaincode_calls_its_namesake_on_another_channel_but_not_itself() throws Exception {
        peer.joins("second");
        peer.runs("basic", (call, host) -> {
            if (call.channelId().equals("second")) {
                return Contract.ok("there");
            }
            String target = Contract.arg(call, 0);
            return host.invokeChaincode("basic", target, List.of(Contract.bytes("x")));
        });
        assertThat(peer.endorser()
                        .process(TestProposal.of("second").signed())
                        .getResponse()
                        .getPayload()
                        .toStringUtf8())
                .isEqualTo("there");
        assertThat(failure(TestProposal.of(TestPeer.CHANNEL))).contains("chaincode basic is already running");
    }

    @Test
    void gives_up_on_a_simulation_that_is_overtaken_again_and_again() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        peer.runs("basic", (call, host) -> {
            drain(host.getStateByRange("", "a", "z", null));
            peer.ledger()
                    .put(Map.of(
                            new StateKey("basic", "k" + runs.incrementAndGet()), ByteString.copyFromUtf8("phantom")));
            return Contract.ok("");
        });
        ProposalResponse response = peer.endorser().process(TestProposal.of().signed());
        assertThat(response.getResponse().getStatus()).isEqualTo(503);
        assertThat(response.getResponse().getMessage()).contains("kept changing");
        assertThat(runs).hasValue(SimulationLimits.DEFAULT.attempts());
    }

    @Test
    void limits_hold_even_if_the_contract_swallows_the_refusal() throws Exception {
        peer.with(new SimulationLimits(2, 1_000, 3, 100, 4, 3, 50));
        peer.runs("basic", (call, host) -> {
            try {
                switch (Contract.arg(call, 0)) {
                    case "keys" -> {
                        for (int i = 0; i < 3; i++) {
                            host.putState("", "k" + i, Contract.bytes("v"));
                        }
                    }
                    case "bytes" -> host.putState("", "k", new byte[2_000]);
                    case "reads" -> {
                        for (int i = 0; i < 3; i++) {
                            host.getState("", "k" + i);
                        }
                    }
                    default -> {
                        return Contract.ok("x".repeat(51));
                    }
                }
            } catch (ChaincodeHostException swallowed) {
                return Contract.ok("I do not care");
            }
            return Contract.ok("");
        });
        assertThat(failure(TestProposal.of("keys"))).contains("writes more than 2 keys");
        assertThat(failure(TestProposal.of("bytes"))).contains("writes more than 1000 bytes");
        assertThat(failure(TestProposal.of("reads"))).contains("reads more than 3 keys");
        assertThat(failure(TestProposal.of("answer"))).contains("answered 51 bytes; at most 50");
    }

    @Test
    void refuses_keys_that_no_state_could_hold_and_goes_on_if_the_contract_does() throws Exception {
        peer.runs("basic", (call, host) -> {
            for (String bad : List.of("", "\uD800", "x".repeat(2_001), "ab\uDC00c")) {
                assertThatThrownBy(() -> host.putState("", bad, Contract.bytes("v")))
                        .isInstanceOf(ChaincodeHostException.class);
                assertThatThrownBy(() -> host.getState("", bad)).isInstanceOf(ChaincodeHostException.class);
            }
            host.putState("", "\u0000composite\u0000", Contract.bytes("v"));
            return Contract.ok("");
        });
        assertThat(accepted(TestProposal.of())).isTrue();
    }

    @Test
    void shuts_out_what_a_contract_leaves_running() throws Exception {
        ChaincodeHost[] kept = new ChaincodeHost[1];
        peer.runs("basic", (call, host) -> {
            kept[0] = host;
            return Contract.ok("");
        });
        assertThat(accepted(TestProposal.of())).isTrue();
        assertThatThrownBy(() -> kept[0].putState("", "k", Contract.bytes("late")))
                .isInstanceOf(ChaincodeHostException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void history_is_as_of_the_height_at_which_the_simulation_began() throws Exception {
        peer.ledger().put(Map.of(BALANCE, ByteString.copyFromUtf8("1")));
        peer.ledger().put(Map.of(BALANCE, ByteString.copyFromUtf8("2")));
        peer.runs("basic", (call, host) -> {
            peer.ledger()
                    .put(
                            BALANCE,
                            ByteString.copyFromUtf8("future"),
                            new Version(peer.ledger().height(), 0));
            StringBuilder seen = new StringBuilder();
            try (ChaincodeHost.Results<ChaincodeHost.Modification> past = host.getHistoryForKey("balance")) {
                for (var next = past.next(); next != null; next = past.next()) {
                    seen.append(text(next.value())).append(',');
                }
            }
            return Contract.ok(seen.toString());
        });
        assertThat(peer.endorser()
                        .process(TestProposal.of().signed())
                        .getResponse()
                        .getPayload()
                        .toStringUtf8())
                .isEqualTo("2,1,");
    }

    @Test
    void a_peer_that_does_not_endorse_says_so() throws Exception {
        TestPeer committer = new TestPeer(1, FabricVectors.peer(1), false);
        ProposalResponse response =
                committer.endorser().process(TestProposal.of().signed());
        assertThat(response.getResponse().getMessage()).isEqualTo(NOT_ENDORSING);
    }

    @Test
    void a_configuration_takes_the_role_of_an_endorser_and_gives_it_back() throws Exception {
        peer.runs("basic", (call, host) -> Contract.ok("done"));
        ChannelConfig without = TestConfigurations.withPolicy(
                TestPeer.channelConfig(), "Org1MSP", "EndorsingPeers", "OR('Org1MSP.node:peer1.org1.example.com')");
        peer.configured(without);
        Response refused = peer.endorser().process(TestProposal.of().signed()).getResponse();
        assertThat(refused.getStatus()).isEqualTo(500);
        assertThat(refused.getMessage()).isEqualTo(NOT_ENDORSING);

        peer.configured(TestConfigurations.withPolicy(without, "Org1MSP", "EndorsingPeers", "OR('Org1MSP.peer')"));
        assertThat(peer.endorser().process(TestProposal.of().signed()).hasEndorsement())
                .isTrue();
    }

    @Test
    void a_peer_that_does_not_endorse_answers_what_system_chaincodes_only_read() throws Exception {
        TestPeer committer = new TestPeer(1, FabricVectors.peer(1), false).system(new Notebook());
        assertThat(committer
                        .endorser()
                        .process(TestProposal.of("read").chaincode("notebook").signed())
                        .hasEndorsement())
                .isTrue();
        ProposalResponse refused = committer
                .endorser()
                .process(TestProposal.of("write").chaincode("notebook").signed());
        assertThat(refused.hasEndorsement()).isFalse();
        assertThat(refused.getResponse().getMessage()).isEqualTo(NOT_ENDORSING);
    }

    private void refused(TestProposal proposal, String message) {
        assertThatThrownBy(() -> peer.endorser().process(proposal.signed()))
                .isInstanceOf(ProposalException.class)
                .hasMessageContaining(message);
    }

    private boolean accepted(TestProposal proposal) {
        try {
            return peer.endorser().process(proposal.signed()).hasEndorsement();
        } catch (ProposalException e) {
            throw new AssertionError(e);
        }
    }

    private String failure(TestProposal proposal) throws ProposalException {
        ProposalResponse response = peer.endorser().process(proposal.signed());
        assertThat(response.getResponse().getStatus()).isEqualTo(500);
        assertThat(response.hasEndorsement()).isFalse();
        assertThat(response.getPayload().isEmpty()).isTrue();
        return response.getResponse().getMessage();
    }

    private static void drain(ChaincodeHost.Results<ChaincodeHost.KeyValue> results) {
        try (results) {
            int read = 0;
            while (results.next() != null) {
                read++;
            }
            assertThat(read).isNotNegative();
        }
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void tells_whose_policies_the_writes_must_satisfy() throws Exception {
        StateKey guarded = new StateKey(TestPeer.CHAINCODE, "guarded");
        SignaturePolicyEnvelope policy = PolicyLanguage.parse("OR('Org2MSP.peer')");
        peer.ledger().put(Map.of(guarded, ByteString.copyFromUtf8("1"), BALANCE, ByteString.copyFromUtf8("1")));
        peer.ledger()
                .putMetadata(
                        guarded,
                        KVMetadataWrite.newBuilder()
                                .addEntries(KVMetadataEntry.newBuilder()
                                        .setName("VALIDATION_PARAMETER")
                                        .setValue(policy.toByteString()))
                                .build()
                                .toByteString());
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.deleteState("", "guarded");
            if (Contract.arg(call, 0).equals("both")) {
                host.putState("", "balance", Contract.bytes("2"));
            }
            return Contract.ok("");
        });
        ProposalResponse one = peer.endorser().process(TestProposal.of("one").signed());
        assertThat(one.getInterest().getChaincodesList())
                .containsExactly(ChaincodeCall.newBuilder()
                        .setName("basic")
                        .setNoPrivateReads(true)
                        .addKeyPolicies(policy)
                        .setDisregardNamespacePolicy(true)
                        .build());
        assertThat(results(one).namespaces())
                .as("looking for the policy leaves no read")
                .allSatisfy(namespace -> assertThat(namespace.keys().getReadsList())
                        .extracting(KVRead::getKey)
                        .doesNotContain("guarded"));
        ProposalResponse both = peer.endorser().process(TestProposal.of("both").signed());
        assertThat(both.getInterest().getChaincodes(0).getDisregardNamespacePolicy())
                .isFalse();
        assertThat(both.getInterest().getChaincodes(0).getKeyPoliciesList()).containsExactly(policy);
    }

    @Test
    void endorses_nothing_while_the_policies_of_written_keys_cannot_be_read() throws Exception {
        peer.runs(TestPeer.CHAINCODE, (call, host) -> {
            host.putState("", "k", Contract.bytes("v"));
            peer.ledger().fail(new IllegalStateException("away"));
            return Contract.ok("");
        });
        ProposalResponse response = peer.endorser().process(TestProposal.of().signed());
        assertThat(response.hasEndorsement()).isFalse();
        assertThat(response.getResponse().getStatus()).isEqualTo(503);
    }

    private static ReadWriteSet results(ProposalResponse response) throws Exception {
        return ReadWriteSet.parse(ChaincodeAction.parseFrom(
                        ProposalResponsePayload.parseFrom(response.getPayload()).getExtension())
                .getResults());
    }

    /** Reads, or writes, a note. */
    private static final class Notebook implements SystemChaincode {
        @Override
        public String name() {
            return "notebook";
        }

        @Override
        public boolean callable() {
            return false;
        }

        @Override
        public ChaincodeResult invoke(Call call) {
            ChaincodeHost state = call.state().orElseThrow();
            if (call.text(0).equals("write")) {
                state.putState("", "note", new byte[] {1});
            } else {
                state.getState("", "note");
            }
            return SystemChaincode.success(ByteString.EMPTY);
        }
    }
}
