package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.INVALID_CHAINCODE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.MVCC_READ_CONFLICT;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.Endorser;
import org.jangbu.chaincode.plugin.StateEntry;
import org.jangbu.chaincode.plugin.StateWrite;
import org.jangbu.chaincode.plugin.ValidationPlugin;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.Version;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.junit.jupiter.api.Test;

/** A plug-in in the place of VSCC: what it sees, what its word counts for, and that nothing is guessed where it has none. */
class PluginCheckTest {
    private static final String LIMITED = "limited";

    private final MemoryPeerLedger ledger = TestChannel.ledger();
    private final TestChannel channel = new TestChannel();
    private final FakePlugins plugins = new FakePlugins();

    PluginCheckTest() {
        TestChannel.define(ledger, LIMITED, TestChannel.BOTH, FakePlugins.LIMIT);
        ledger.put(
                new StateKey(LIMITED, "a"),
                new VersionedValue(ByteString.copyFromUtf8("before"), ByteString.EMPTY, new Version(0, 0)));
    }

    @Test
    void the_plugins_word_counts() {
        plugins.validates(
                transaction -> transaction.writes().size() > 1 ? Decision.refuse("one at a time") : Decision.accept());
        assertThat(codes(writing("a"), writing("b").with("other", RwSets.write("x", "1"))))
                .as("each namespace is judged by its own definition")
                .containsExactly(VALID, INVALID_CHAINCODE);
        assertThat(codes(writing("a").with(RwSets.privateWrite("basic", "shared", "k"))))
                .as("the writes of its namespace alone")
                .containsExactly(VALID);
        plugins.validates(transaction -> Decision.refuse("never"));
        assertThat(codes(writing("a"), TestTransaction.writing("a", "1")))
                .containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID);
    }

    @Test
    void it_decides_also_where_the_policy_is_not_satisfied_and_may_ask_what_vscc_would_say() {
        TestTransaction lonely = writing("a").endorsedBy(FabricVectors.peer(1));
        plugins.validates(transaction -> Decision.accept());
        assertThat(codes(lonely)).containsExactly(VALID);
        plugins.validates(EndorsedTransaction::standard);
        assertThat(codes(lonely)).containsExactly(ENDORSEMENT_POLICY_FAILURE);
        assertThat(codes(writing("a"))).containsExactly(VALID);
        List<String> reasons = new CopyOnWriteArrayList<>();
        plugins.validates(transaction -> {
            reasons.add(transaction.standard().reason());
            return Decision.accept();
        });
        codes(lonely);
        assertThat(reasons).singleElement().asString().contains("do not satisfy the policy of the chaincode");
    }

    @Test
    void what_comes_before_and_after_it_stays() {
        plugins.validates(transaction -> Decision.accept());
        TestTransaction stale =
                TestTransaction.make().of(LIMITED).with(LIMITED, RwSets.readAndWrite("a", RwSets.read("a", 7, 7)));
        assertThat(codes(stale)).containsExactly(MVCC_READ_CONFLICT);
        List<EndorsedTransaction> asked = new ArrayList<>();
        plugins.validates(transaction -> {
            asked.add(transaction);
            return Decision.accept();
        });
        codes(writing("a").envelope(e -> e.toBuilder().clearSignature().build()));
        assertThat(asked).as("what is invalid already is not asked about").isEmpty();
    }

    @Test
    void it_sees_the_transaction_and_the_state_before_its_block() throws Exception {
        TestTransaction sent = writing("a").with(RwSets.privateWrite("basic", "shared", "k"));
        List<Throwable> failures = new ArrayList<>();
        plugins.validates(transaction -> {
            try {
                inspect(transaction, sent);
            } catch (Throwable e) {
                failures.add(e);
            }
            return Decision.accept();
        });
        assertThat(codes(sent)).containsExactly(VALID);
        assertThat(failures).isEmpty();
    }

    private static void inspect(EndorsedTransaction transaction, TestTransaction sent) throws Exception {
        assertThat(transaction.channel()).isEqualTo("mychannel");
        assertThat(transaction.block()).isEqualTo(1);
        assertThat(transaction.txId()).isEqualTo(sent.txId().value());
        assertThat(transaction.chaincode()).isEqualTo(LIMITED);
        assertThat(transaction.namespace()).isEqualTo(LIMITED);
        assertThat(transaction.creator())
                .isEqualTo(FabricVectors.user(1).serialized().toByteArray());
        assertThat(transaction.endorsers())
                .containsExactly(
                        new Endorser("Org1MSP", FabricVectors.peer(1).certificate()),
                        new Endorser("Org2MSP", FabricVectors.peer(2).certificate()));
        assertThat(transaction.writes())
                .singleElement()
                .extracting(StateWrite::namespace, StateWrite::collection, StateWrite::key, StateWrite::deleted)
                .containsExactly(LIMITED, "", "a", false);
        assertThat(ChaincodeAction.parseFrom(transaction.action())
                        .getChaincodeId()
                        .getName())
                .isEqualTo(LIMITED);
        assertThat(transaction.parameter()).isNotEmpty();
        assertThat(transaction.state().get(LIMITED, "a"))
                .hasValueSatisfying(value -> assertThat(value).asString().isEqualTo("before"));
        assertThat(transaction.state().get(LIMITED, "b")).isEmpty();
        assertThat(transaction.state().range(LIMITED, "", "", 10))
                .extracting(StateEntry::key)
                .containsExactly("a");
        assertThatThrownBy(() -> transaction.state().range(LIMITED, "", "", 1_001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> transaction.state().get(LIMITED + "$$hshared", "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void without_the_plugin_or_its_word_there_is_no_verdict() {
        assertThatThrownBy(() -> codes(TestTransaction.writing("x", "1"), writing("a")))
                .isInstanceOf(NoVerdictException.class)
                .hasMessageContaining(
                        "of chaincode limited cannot be judged: plug-in " + FakePlugins.LIMIT + " is not here");
        plugins.validates(transaction -> {
            throw new IllegalArgumentException("a bug");
        });
        assertThatThrownBy(() -> codes(writing("a")))
                .isInstanceOf(NoVerdictException.class)
                .hasMessageContaining("threw");
        assertThat(codes(TestTransaction.writing("x", "1"))).containsExactly(VALID);
    }

    @Test
    void state_that_is_away_is_no_verdict_whatever_the_plugin_makes_of_it() {
        List<ValidationPlugin> ways = List.of(
                transaction -> {
                    transaction.state().get(LIMITED, "a");
                    return Decision.accept();
                },
                transaction -> {
                    try {
                        transaction.state().range(LIMITED, "", "", 1);
                    } catch (IllegalStateException e) {
                        return Decision.refuse("a guess");
                    }
                    return Decision.accept();
                });
        for (ValidationPlugin way : ways) {
            plugins.validates(transaction -> {
                ledger.away(true);
                return way.validate(transaction);
            });
            assertThatThrownBy(() -> codes(writing("a"))).isInstanceOf(StateUnavailableException.class);
            ledger.away(false);
        }
    }

    /** Such definitions can only be written by somebody who goes round the peers' checks; all peers of ours see the same in them. */
    @Test
    void a_definition_that_names_no_plugin_at_all_satisfies_nobody() {
        plugins.validates(transaction -> Decision.accept());
        TestChannel.define(ledger, "odd", TestChannel.BOTH, "custom");
        assertThat(codes(TestTransaction.make().of("odd").with("odd", RwSets.write("a", "1"))))
                .containsExactly(INVALID_CHAINCODE);
    }

    private static TestTransaction writing(String key) {
        return TestTransaction.make().of(LIMITED).with(LIMITED, RwSets.write(key, "after"));
    }

    private List<TxValidationCode> codes(TestTransaction... transactions) {
        ByteString[] envelopes =
                List.of(transactions).stream().map(TestTransaction::bytes).toArray(ByteString[]::new);
        try {
            return new BlockValidator(Parallel.none(), plugins)
                    .validate(
                            ParsedBlock.parse(TestChannel.after(channel.blocks().get(0), envelopes)),
                            TestChannel.CONFIG,
                            LedgerBefore.of(ledger, new StateDefinitions(ledger)))
                    .codes();
        } catch (UnsupportedCapabilityException e) {
            throw new IllegalStateException(e);
        }
    }
}
