package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_COMMON_HEADER;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_CREATOR_SIGNATURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_HEADER_EXTENSION;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_PAYLOAD;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_PROPOSAL_TXID;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_RESPONSE_PAYLOAD;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_RWSET;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.DUPLICATE_TXID;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ILLEGAL_WRITESET;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_CHAINCODE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_CONFIG_TRANSACTION;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_ENDORSER_TRANSACTION;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_OTHER_REASON;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_WRITESET;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.MVCC_READ_CONFLICT;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.NIL_ENVELOPE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.TARGET_CHAIN_NOT_FOUND;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.UNSUPPORTED_TX_PAYLOAD;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.ledger.commit.BlockEffects;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ParsedBlock;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.junit.jupiter.api.Test;

/** One way of spoiling a transaction after the other, each with the code that Fabric gives it. */
class BlockValidatorTest {
    private static final ByteString RUBBISH = ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xff, 7});

    private final MemoryPeerLedger ledger = TestChannel.ledger();
    private final TestChannel channel = new TestChannel();
    private final BlockValidator validator = new BlockValidator(Parallel.none());

    @Test
    void accepts_a_transaction_that_is_as_it_should_be() {
        assertThat(code(TestTransaction.writing("a", "1"))).isEqualTo(VALID);
        assertThat(code(TestTransaction.make())).as("one that writes nothing").isEqualTo(VALID);
    }

    // Envelope and headers

    @Test
    void rejects_envelopes_that_cannot_be_read() {
        assertThat(codes(ByteString.EMPTY)).containsExactly(NIL_ENVELOPE);
        assertThat(codes(RUBBISH)).containsExactly(INVALID_OTHER_REASON);
        assertThat(codes(Envelope.newBuilder().setPayload(RUBBISH).build().toByteString()))
                .containsExactly(BAD_PAYLOAD);
        assertThat(code(TestTransaction.make()
                        .payload(payload -> payload.toBuilder().clearHeader().build())))
                .isEqualTo(BAD_COMMON_HEADER);
        assertThat(code(TestTransaction.make()
                        .payload(payload -> payload.toBuilder()
                                .setHeader(Header.newBuilder().setChannelHeader(RUBBISH))
                                .build())))
                .isEqualTo(BAD_COMMON_HEADER);
    }

    @Test
    void rejects_headers_that_make_no_sense() {
        assertThat(code(TestTransaction.make()
                        .channelHeader(h -> h.toBuilder().setType(5).build())))
                .isEqualTo(BAD_COMMON_HEADER);
        assertThat(code(TestTransaction.make()
                        .channelHeader(h -> h.toBuilder().setEpoch(1).build())))
                .isEqualTo(BAD_COMMON_HEADER);
        assertThat(code(TestTransaction.make()
                        .signatureHeader(h -> h.toBuilder().clearNonce().build())))
                .isEqualTo(BAD_COMMON_HEADER);
        assertThat(code(TestTransaction.make()
                        .signatureHeader(h -> h.toBuilder().clearCreator().build())))
                .isEqualTo(BAD_COMMON_HEADER);
    }

    @Test
    void rejects_transactions_of_types_that_do_not_belong_into_a_block() {
        assertThat(code(TestTransaction.make()
                        .channelHeader(h -> h.toBuilder()
                                .setType(HeaderType.CONFIG_UPDATE_VALUE)
                                .build())))
                .isEqualTo(UNSUPPORTED_TX_PAYLOAD);
        ByteString configuration = TestTransaction.make()
                .channelHeader(
                        h -> h.toBuilder().setType(HeaderType.CONFIG_VALUE).build())
                .bytes();
        assertThat(codes(configuration)).containsExactly(INVALID_CONFIG_TRANSACTION);
        assertThat(codes(configuration, TestTransaction.make().bytes()))
                .as("a configuration with company")
                .containsExactly(INVALID_CONFIG_TRANSACTION, VALID);
    }

    // Creator

    @Test
    void rejects_a_forged_creator() {
        assertThat(code(TestTransaction.make()
                        .envelope(e -> e.toBuilder()
                                .setSignature(FabricVectors.user(2).sign(e.getPayload()))
                                .build())))
                .isEqualTo(BAD_CREATOR_SIGNATURE);
        assertThat(code(TestTransaction.make()
                        .envelope(e -> e.toBuilder().clearSignature().build())))
                .isEqualTo(BAD_CREATOR_SIGNATURE);
        assertThat(code(TestTransaction.make().envelope(BlockValidatorTest::oneBitOff)))
                .isEqualTo(BAD_CREATOR_SIGNATURE);
        assertThat(code(TestTransaction.make()
                        .signatureHeader(h -> h.toBuilder().setCreator(RUBBISH).build())))
                .isEqualTo(BAD_CREATOR_SIGNATURE);
    }

    private static Envelope oneBitOff(Envelope envelope) {
        byte[] payload = envelope.getPayload().toByteArray();
        payload[payload.length - 1] ^= 1;
        return envelope.toBuilder().setPayload(ByteString.copyFrom(payload)).build();
    }

    @Test
    void rejects_a_transaction_id_that_is_not_that_of_nonce_and_creator() {
        assertThat(code(TestTransaction.make()
                        .channelHeader(
                                h -> h.toBuilder().setTxId("0".repeat(64)).build())))
                .isEqualTo(BAD_PROPOSAL_TXID);
        assertThat(code(TestTransaction.make()
                        .channelHeader(h -> h.toBuilder().clearTxId().build())))
                .isEqualTo(BAD_PROPOSAL_TXID);
    }

    // Proposal

    @Test
    void rejects_a_transaction_without_exactly_one_readable_action() {
        assertThat(code(TestTransaction.make()
                        .transaction(t -> t.toBuilder().clearActions().build())))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
        assertThat(code(TestTransaction.make()
                        .transaction(
                                t -> t.toBuilder().addActions(t.getActions(0)).build())))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
        assertThat(code(TestTransaction.make()
                        .transaction(
                                action(a -> a.toBuilder().setPayload(RUBBISH).build()))))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
        assertThat(code(TestTransaction.make()
                        .transaction(action(a -> a.toBuilder().clearHeader().build()))))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
        assertThat(code(TestTransaction.make()
                        .payload(p -> p.toBuilder().setData(RUBBISH).build())))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
    }

    private static UnaryOperator<Transaction> action(UnaryOperator<TransactionAction> change) {
        return t -> t.toBuilder().setActions(0, change.apply(t.getActions(0))).build();
    }

    @Test
    void rejects_endorsements_of_another_proposal() {
        assertThat(code(TestTransaction.make()
                        .response(r -> r.toBuilder()
                                .setProposalHash(RwSets.hash("another proposal"))
                                .build())))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
    }

    @Test
    void rejects_an_envelope_for_another_channel() {
        assertThat(code(TestTransaction.make()
                        .channelHeader(
                                h -> h.toBuilder().setChannelId("another").build())))
                .isEqualTo(TARGET_CHAIN_NOT_FOUND);
    }

    // Duplicates

    @Test
    void rejects_a_transaction_id_that_is_on_the_ledger_already() {
        ByteString envelope = TestTransaction.writing("a", "1").bytes();
        commit(envelope);

        assertThat(codes(TestTransaction.writing("b", "1").bytes(), envelope)).containsExactly(VALID, DUPLICATE_TXID);
    }

    @Test
    void rejects_a_transaction_id_that_only_an_invalid_transaction_bears() {
        TestTransaction once = TestTransaction.writing("a", "1");
        ByteString unendorsed = once.endorsedBy(FabricVectors.peer(1)).bytes();
        commit(unendorsed);

        assertThat(code(once.endorsedBy(FabricVectors.peer(1), FabricVectors.peer(2))))
                .isEqualTo(DUPLICATE_TXID);
    }

    @Test
    void rejects_the_second_of_two_valid_transactions_with_one_id_in_a_block() {
        ByteString envelope = TestTransaction.writing("a", "1").bytes();

        assertThat(codes(envelope, envelope)).containsExactly(VALID, DUPLICATE_TXID);
    }

    @Test
    void lets_an_invalid_transaction_take_no_id_within_its_block() {
        TestTransaction once = TestTransaction.writing("a", "1");
        ByteString unendorsed = once.endorsedBy(FabricVectors.peer(1)).bytes();
        ByteString endorsed =
                once.endorsedBy(FabricVectors.peer(1), FabricVectors.peer(2)).bytes();

        assertThat(codes(unendorsed, endorsed)).containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID);
    }

    // The endorsed answer

    @Test
    void rejects_an_answer_that_cannot_be_read() {
        assertThat(code(TestTransaction.make()
                        .channelHeader(h -> h.toBuilder().setExtension(RUBBISH).build())))
                .isEqualTo(BAD_HEADER_EXTENSION);
        assertThat(code(TestTransaction.make()
                        .response(r -> r.toBuilder().setExtension(RUBBISH).build())))
                .isEqualTo(BAD_RESPONSE_PAYLOAD);
        assertThat(code(TestTransaction.make()
                        .response(r -> r.toBuilder().clearExtension().build())))
                .isEqualTo(BAD_RESPONSE_PAYLOAD);
        assertThat(code(TestTransaction.make()
                        .action(a -> a.toBuilder().setResults(RUBBISH).build())))
                .isEqualTo(BAD_RWSET);
    }

    /** In Fabric the checks before reading the answer come first, so a transaction with two faults has the code of the earlier. */
    @Test
    void tells_the_first_of_several_faults() {
        assertThat(code(TestTransaction.make()
                        .action(a -> a.toBuilder().setResults(RUBBISH).build())
                        .response(r -> r.toBuilder()
                                .setProposalHash(RwSets.hash("another"))
                                .build())))
                .isEqualTo(INVALID_ENDORSER_TRANSACTION);
        assertThat(code(TestTransaction.make()
                        .action(a -> a.toBuilder().setResults(RUBBISH).build())
                        .channelHeader(
                                h -> h.toBuilder().setChannelId("another").build())))
                .isEqualTo(TARGET_CHAIN_NOT_FOUND);
        TestTransaction twice = TestTransaction.make();
        commit(twice.bytes());
        assertThat(code(twice.action(a -> a.toBuilder().setResults(RUBBISH).build())))
                .isEqualTo(DUPLICATE_TXID);
    }

    @Test
    void rejects_chaincode_ids_that_are_missing_or_differ() {
        assertThat(code(TestTransaction.make()
                        .channelHeader(h -> h.toBuilder().clearExtension().build())))
                .isEqualTo(INVALID_OTHER_REASON);
        assertThat(code(TestTransaction.make()
                        .action(a -> a.toBuilder().clearChaincodeId().build())))
                .isEqualTo(INVALID_OTHER_REASON);
        assertThat(code(TestTransaction.make().action(chaincode("other", "1.0"))))
                .isEqualTo(INVALID_CHAINCODE);
        assertThat(code(TestTransaction.make().action(chaincode("basic", "")))).isEqualTo(INVALID_CHAINCODE);
        assertThat(code(TestTransaction.make().of(""))).isEqualTo(INVALID_CHAINCODE);
    }

    /** Fabric checks no more of the version than that there is one: the read of the definition's sequence tells an outdated one. */
    @Test
    void accepts_another_version_that_enough_endorsers_have_signed() {
        assertThat(code(TestTransaction.make().action(chaincode("basic", "0.9"))))
                .isEqualTo(VALID);
    }

    private static UnaryOperator<ChaincodeAction> chaincode(String name, String version) {
        return a -> a.toBuilder()
                .setChaincodeId(ChaincodeID.newBuilder().setName(name).setVersion(version))
                .build();
    }

    @Test
    void rejects_an_event_of_another_chaincode() {
        assertThat(code(TestTransaction.make().action(event("basic")))).isEqualTo(VALID);
        assertThat(code(TestTransaction.make().action(event("other")))).isEqualTo(INVALID_OTHER_REASON);
        assertThat(code(TestTransaction.make()
                        .action(a -> a.toBuilder().setEvents(RUBBISH).build())))
                .isEqualTo(INVALID_OTHER_REASON);
    }

    private static UnaryOperator<ChaincodeAction> event(String chaincode) {
        return a -> a.toBuilder()
                .setEvents(ChaincodeEvent.newBuilder()
                        .setChaincodeId(chaincode)
                        .setEventName("happened")
                        .build()
                        .toByteString())
                .build();
    }

    @Test
    void rejects_a_namespace_that_stands_twice() {
        assertThat(code(TestTransaction.writing("a", "1").with("basic", RwSets.write("b", "1"))))
                .isEqualTo(ILLEGAL_WRITESET);
    }

    @Test
    void rejects_chaincodes_that_are_not_defined() {
        assertThat(code(TestTransaction.make().of("unknown"))).isEqualTo(INVALID_CHAINCODE);
        assertThat(code(TestTransaction.make().with("unknown", RwSets.write("a", "1"))))
                .isEqualTo(INVALID_CHAINCODE);
        for (String system : List.of("lscc", "qscc", "cscc", "no name!", "basic$$hshared", "")) {
            assertThat(code(TestTransaction.make().with(system, RwSets.write("a", "1"))))
                    .as(system)
                    .isEqualTo(INVALID_CHAINCODE);
        }
        assertThat(code(TestTransaction.make()
                        .with(
                                "unknown",
                                RwSets.readAndWrite("x", RwSets.read("y")).toBuilder()
                                        .clearWrites()
                                        .build())))
                .as("reading alone needs no definition")
                .isEqualTo(VALID);
    }

    // Endorsement policies

    @Test
    void rejects_missing_forged_and_repeated_endorsements() {
        assertThat(code(TestTransaction.make().endorsedBy())).isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make().endorsedBy(FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make().endorsedBy(FabricVectors.peer(1), FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make().endorsedBy(FabricVectors.peer(1), FabricVectors.user(2))))
                .as("a client is no peer")
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make()
                        .endorsed(endorsement(
                                1,
                                e -> e.toBuilder()
                                        .setSignature(FabricVectors.peer(1).sign(RUBBISH))
                                        .build()))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make()
                        .endorsed(endorsement(
                                1, e -> e.toBuilder().setEndorser(RUBBISH).build()))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void rejects_a_read_write_set_that_was_tampered_with_after_endorsing() {
        assertThat(code(TestTransaction.writing("balance", "10").endorsed(BlockValidatorTest::richer)))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }

    /** Endorsements are kept; the answer they stand under says more. */
    private static ChaincodeEndorsedAction richer(ChaincodeEndorsedAction endorsed) {
        try {
            ProposalResponsePayload answer = ProposalResponsePayload.parseFrom(endorsed.getProposalResponsePayload());
            ChaincodeAction action = ChaincodeAction.parseFrom(answer.getExtension());
            ByteString results = ByteString.copyFrom(
                    action.getResults().toStringUtf8().replace("10", "99").getBytes(StandardCharsets.UTF_8));
            return endorsed.toBuilder()
                    .setProposalResponsePayload(answer.toBuilder()
                            .setExtension(action.toBuilder()
                                    .setResults(results)
                                    .build()
                                    .toByteString())
                            .build()
                            .toByteString())
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UnaryOperator<ChaincodeEndorsedAction> endorsement(int index, UnaryOperator<Endorsement> change) {
        return endorsed -> endorsed.toBuilder()
                .setEndorsements(index, change.apply(endorsed.getEndorsements(index)))
                .build();
    }

    @Test
    void asks_the_policy_of_every_namespace_that_is_written() {
        TestChannel.define(ledger, "second", TestChannel.ORG2);
        TestChannel.define(ledger, "third", TestChannel.ORG1);

        assertThat(code(TestTransaction.make()
                        .of("third")
                        .endorsedBy(FabricVectors.peer(1))
                        .with("third", RwSets.write("a", "1"))))
                .isEqualTo(VALID);
        assertThat(code(TestTransaction.make()
                        .of("third")
                        .endorsedBy(FabricVectors.peer(1))
                        .with("second", RwSets.write("a", "1"))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make()
                        .of("third")
                        .endorsedBy(FabricVectors.peer(1), FabricVectors.peer(2))
                        .with("second", RwSets.write("a", "1"))))
                .isEqualTo(VALID);
    }

    @Test
    void asks_the_policy_of_a_collection_where_it_has_one() {
        assertThat(code(privateWrite("org1only").endorsedBy(FabricVectors.peer(1))))
                .as("the collection's policy stands in for the chaincode's")
                .isEqualTo(VALID);
        assertThat(code(privateWrite("org1only").endorsedBy(FabricVectors.peer(2))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(privateWrite("shared").endorsedBy(FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(privateWrite("shared"))).isEqualTo(VALID);
        assertThat(code(privateWrite("missing"))).isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(privateWrite(""))).isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(privateWrite("_implicit_org_Org2MSP").endorsedBy(FabricVectors.peer(2))))
                .isEqualTo(VALID);
        assertThat(code(privateWrite("_implicit_org_Org2MSP").endorsedBy(FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(privateWrite("_implicit_org_Org9MSP"))).isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }

    private static TestTransaction privateWrite(String collection) {
        return TestTransaction.make().with(RwSets.privateWrite("basic", collection, "secret"));
    }

    @Test
    void asks_the_policy_of_a_key_where_it_has_one() {
        commit(TestTransaction.writing("free", "1").bytes());
        commit(TestTransaction.make()
                .with("basic", RwSets.metadata("free", TestChannel.ORG1))
                .bytes());

        assertThat(code(TestTransaction.writing("free", "2").endorsedBy(FabricVectors.peer(1))))
                .as("the key's policy stands in for the chaincode's")
                .isEqualTo(VALID);
        assertThat(code(TestTransaction.writing("free", "2").endorsedBy(FabricVectors.peer(2))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make()
                        .with("basic", RwSets.metadata("free", TestChannel.ORG2))
                        .endorsedBy(FabricVectors.peer(2))))
                .as("nobody opens a key for himself")
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make()
                        .with(
                                "basic",
                                RwSets.write("free", "2").toBuilder()
                                        .addAllWrites(RwSets.write("other", "2").getWritesList())
                                        .build())
                        .endorsedBy(FabricVectors.peer(1))))
                .as("the other key is the chaincode's")
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void rejects_a_write_of_a_key_whose_policy_an_earlier_transaction_of_the_block_changes() {
        commit(TestTransaction.writing("k", "1").bytes());
        ByteString change = TestTransaction.make()
                .with("basic", RwSets.metadata("k", TestChannel.ORG1))
                .bytes();
        ByteString write = TestTransaction.writing("k", "2").bytes();

        assertThat(codes(write, change, TestTransaction.writing("k", "3").bytes()))
                .containsExactly(VALID, VALID, ENDORSEMENT_POLICY_FAILURE);
        ByteString badChange = TestTransaction.make()
                .with("basic", RwSets.metadata("k", TestChannel.ORG1))
                .endorsedBy(FabricVectors.peer(1))
                .bytes();
        assertThat(codes(badChange, write))
                .as("a change that is not endorsed changes nothing")
                .containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID);
    }

    @Test
    void a_change_counts_once_its_endorsements_are_good_whatever_its_reads_come_to() {
        commit(TestTransaction.writing("k", "1").bytes());
        ByteString stale = TestTransaction.make()
                .with(
                        "basic",
                        RwSets.metadata("k", TestChannel.ORG1).toBuilder()
                                .addReads(RwSets.read("k"))
                                .build())
                .bytes();
        assertThat(codes(stale, TestTransaction.writing("k", "2").bytes()))
                .as("as in Fabric, where reads are judged after all endorsements")
                .containsExactly(MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void two_changes_of_one_key_in_a_block_leave_the_first() {
        commit(TestTransaction.writing("k", "1").bytes());
        assertThat(codes(
                        TestTransaction.make()
                                .with("basic", RwSets.metadata("k", TestChannel.ORG1))
                                .bytes(),
                        TestTransaction.make()
                                .with("basic", RwSets.metadata("k", TestChannel.ORG2))
                                .bytes(),
                        TestTransaction.writing("other", "1").bytes()))
                .containsExactly(VALID, ENDORSEMENT_POLICY_FAILURE, VALID);
    }

    @Test
    void a_key_policy_outlives_values_and_ends_with_its_removal_or_with_the_key() {
        commit(TestTransaction.writing("k", "1").bytes());
        commit(TestTransaction.make()
                .with("basic", RwSets.metadata("k", TestChannel.ORG1))
                .bytes());
        commit(TestTransaction.writing("k", "2")
                .endorsedBy(FabricVectors.peer(1))
                .bytes());
        assertThat(code(TestTransaction.writing("k", "3").endorsedBy(FabricVectors.peer(2))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make().with("basic", RwSets.delete("k")).endorsedBy(FabricVectors.peer(2))))
                .as("a deletion is a write")
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);

        commit(TestTransaction.make()
                .with("basic", RwSets.metadata("k", SignaturePolicyEnvelope.getDefaultInstance()))
                .endorsedBy(FabricVectors.peer(1))
                .bytes());
        assertThat(code(TestTransaction.writing("k", "4").endorsedBy(FabricVectors.peer(1))))
                .as("an empty policy is none: the chaincode's counts again")
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);

        commit(TestTransaction.make()
                .with("basic", RwSets.metadata("k", TestChannel.ORG1))
                .bytes());
        commit(TestTransaction.make()
                .with("basic", RwSets.delete("k"))
                .endorsedBy(FabricVectors.peer(1))
                .bytes());
        assertThat(code(TestTransaction.writing("k", "5").endorsedBy(FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.writing("k", "5"))).isEqualTo(VALID);
    }

    @Test
    void a_private_key_has_a_policy_by_its_hash() {
        commit(privateWrite("shared").bytes());
        ByteString change = privateMetadata(TestChannel.ORG2).bytes();
        assertThat(codes(change, privateWrite("shared").bytes()))
                .as("within one block it is changed for those that follow")
                .containsExactly(VALID, ENDORSEMENT_POLICY_FAILURE);

        commit(change);
        assertThat(code(privateWrite("shared").endorsedBy(FabricVectors.peer(2))))
                .as("it stands in for the collection's and the chaincode's")
                .isEqualTo(VALID);
        assertThat(code(privateWrite("shared").endorsedBy(FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(privateMetadata(TestChannel.ORG1).endorsedBy(FabricVectors.peer(1))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(code(TestTransaction.make()
                        .with(RwSets.privateWrite("basic", "shared", "another"))
                        .endorsedBy(FabricVectors.peer(2))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }

    private static TestTransaction privateMetadata(SignaturePolicyEnvelope policy) {
        return TestTransaction.make().with(RwSets.privateMetadata("basic", "shared", "secret", policy));
    }

    @Test
    void asks_the_channel_about_writes_to_the_lifecycle() {
        assertThat(code(TestTransaction.make()
                        .of("_lifecycle")
                        .action(chaincode("_lifecycle", "syscc"))
                        .with("_lifecycle", RwSets.write("namespaces/metadata/new", "x"))))
                .isEqualTo(VALID);
        assertThat(code(TestTransaction.make()
                        .endorsedBy(FabricVectors.peer(1))
                        .of("_lifecycle")
                        .action(chaincode("_lifecycle", "syscc"))
                        .with("_lifecycle", RwSets.write("namespaces/metadata/new", "x"))))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }

    // State

    @Test
    void rejects_keys_that_the_state_cannot_hold() {
        assertThat(code(TestTransaction.writing("k".repeat(StateKey.MAX_BYTES - 5), "1")))
                .isEqualTo(VALID);
        assertThat(code(TestTransaction.writing("k".repeat(StateKey.MAX_BYTES - 4), "1")))
                .isEqualTo(INVALID_WRITESET);
        assertThat(code(TestTransaction.writing("가".repeat(665), "1"))).isEqualTo(VALID);
        assertThat(code(TestTransaction.writing("가".repeat(666), "1"))).isEqualTo(INVALID_WRITESET);
        assertThat(code(TestTransaction.writing("\0", "1"))).isEqualTo(VALID);
    }

    @Test
    void rejects_reads_that_are_not_current_any_more() {
        commit(TestTransaction.writing("a", "1").bytes());

        assertThat(code(reading(RwSets.read("a", 1, 0)))).isEqualTo(VALID);
        assertThat(code(reading(RwSets.read("a", 0, 0)))).isEqualTo(MVCC_READ_CONFLICT);
        assertThat(code(reading(RwSets.read("a", 1, 1)))).isEqualTo(MVCC_READ_CONFLICT);
        assertThat(code(reading(RwSets.read("a")))).isEqualTo(MVCC_READ_CONFLICT);
        assertThat(code(reading(RwSets.read("absent")))).isEqualTo(VALID);
        assertThat(code(reading(RwSets.read("absent", 0, 0))))
                .as("version 0:0 is not the same as no version")
                .isEqualTo(MVCC_READ_CONFLICT);
    }

    @Test
    void lets_only_the_first_of_two_spends_of_a_balance_pass() {
        commit(TestTransaction.writing("balance", "10").bytes());
        ByteString first = spend().bytes();
        ByteString second = spend().bytes();

        assertThat(codes(first, second)).containsExactly(VALID, MVCC_READ_CONFLICT);
    }

    private static TestTransaction spend() {
        return TestTransaction.make().with("basic", RwSets.readAndWrite("balance", RwSets.read("balance", 1, 0)));
    }

    @Test
    void sees_deletes_and_metadata_of_earlier_transactions_as_writes() {
        commit(TestTransaction.writing("a", "1").bytes());

        assertThat(codes(
                        TestTransaction.make().with("basic", RwSets.delete("a")).bytes(),
                        reading(RwSets.read("a", 1, 0)).bytes()))
                .containsExactly(VALID, MVCC_READ_CONFLICT);
        assertThat(codes(
                        TestTransaction.make()
                                .with("basic", RwSets.metadata("a", TestChannel.BOTH))
                                .bytes(),
                        reading(RwSets.read("a", 1, 0)).bytes()))
                .containsExactly(VALID, MVCC_READ_CONFLICT);
        assertThat(codes(
                        TestTransaction.make()
                                .with("basic", RwSets.metadata("absent", TestChannel.BOTH))
                                .bytes(),
                        reading(RwSets.read("absent")).bytes()))
                .as("metadata of a key that is not there are nothing")
                .containsExactly(VALID, VALID);
    }

    @Test
    void judges_private_reads_by_their_hashes() {
        assertThat(code(TestTransaction.make().with(RwSets.privateReadOfAbsent("basic", "shared", "s"))))
                .isEqualTo(VALID);
        commit(TestTransaction.make()
                .with(RwSets.privateWrite("basic", "shared", "s"))
                .bytes());
        assertThat(code(TestTransaction.make().with(RwSets.privateReadOfAbsent("basic", "shared", "s"))))
                .isEqualTo(MVCC_READ_CONFLICT);
        assertThat(code(TestTransaction.make().with(RwSets.privateReadOfAbsent("basic", "org1only", "s"))))
                .as("another collection")
                .isEqualTo(VALID);
    }

    private static TestTransaction reading(KVRead read) {
        return TestTransaction.make().with("basic", RwSets.readAndWrite("other", read));
    }

    // The ledger

    @Test
    void gives_no_verdict_while_the_database_is_away() {
        ledger.away(true);
        assertThatThrownBy(() -> codes(TestTransaction.writing("a", "1").bytes()))
                .isInstanceOf(StateUnavailableException.class);
    }

    @Test
    void asks_the_database_a_bounded_number_of_times_whatever_the_block_holds() {
        List<ByteString> envelopes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            envelopes.add(TestTransaction.make()
                    .with("basic", RwSets.readAndWrite("k" + i, RwSets.read("r" + i)))
                    .bytes());
        }
        int before = ledger.queries();
        assertThat(codes(envelopes.toArray(new ByteString[0]))).containsOnly(VALID);
        assertThat(ledger.queries() - before).as("entries, ids, definition").isEqualTo(3);
    }

    @Test
    void gives_the_same_codes_in_parallel() {
        List<ByteString> envelopes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            TestTransaction transaction =
                    TestTransaction.make().with("basic", RwSets.readAndWrite("k" + i % 7, RwSets.read("k" + i % 5)));
            envelopes.add(
                    i % 9 == 0 ? transaction.endorsedBy(FabricVectors.peer(1)).bytes() : transaction.bytes());
        }
        List<TxValidationCode> alone = codes(envelopes.toArray(new ByteString[0]));
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            BlockValidator parallel = new BlockValidator(new Parallel(executor, 4));
            for (int i = 0; i < 5; i++) {
                assertThat(judge(parallel, block(envelopes.toArray(new ByteString[0]))))
                        .isEqualTo(alone);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(alone).contains(VALID, MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE);
        assertThat(Collections.frequency(alone, ENDORSEMENT_POLICY_FAILURE)).isEqualTo(5);
    }

    private TxValidationCode code(TestTransaction transaction) {
        return codes(transaction.bytes()).get(0);
    }

    private List<TxValidationCode> codes(ByteString... envelopes) {
        return judge(validator, block(envelopes));
    }

    private Block block(ByteString... envelopes) {
        return TestChannel.after(channel.blocks().get(channel.blocks().size() - 1), envelopes);
    }

    private List<TxValidationCode> judge(BlockValidator judge, Block block) {
        try {
            return judge.validate(
                            ParsedBlock.parse(block),
                            TestChannel.CONFIG,
                            LedgerBefore.of(ledger, new StateDefinitions(ledger)))
                    .codes();
        } catch (UnsupportedCapabilityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void commit(ByteString... envelopes) {
        ParsedBlock block = ParsedBlock.parse(channel.next(envelopes));
        try {
            ledger.commit(BlockEffects.of(block, judge(validator, block.block()), ledger));
        } catch (LedgerException e) {
            throw new IllegalStateException(e);
        }
    }
}
