package org.jangbu.peer.lifecycle.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.commit.BlockEffects;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.PeerLedgers;
import org.jangbu.ledger.commit.jpa.JpaLedgers;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.model.ChannelId;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.lifecycle.CollectionMembers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded approval on a real database, which is closed and opened again as when a server restarts. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ApprovalRestartTest {
    private static final int APPROVAL = 3;

    private final EndorserTransaction recorded = LifecycleVectorsTest.recorded(APPROVAL);
    private final LedgerId id = TestDatabase.newLedger(new ChannelId(TestPeer.CHANNEL));

    @TempDir
    Path folder;

    private TestPeer peer;
    private PeerLedger ledger;

    @BeforeEach
    void open() throws Exception {
        int organization = LifecycleVectorsTest.organization(recorded);
        peer = LifecycleVectorsTest.peer(folder, organization, APPROVAL - 1);
        reopen();
        for (int number = 0; number < APPROVAL; number++) {
            commit(number);
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_an_organisation_approved_is_known_after_a_restart() throws Exception {
        ledger.transients().put(List.of(endorsed()), ledger.height());
        commit(APPROVAL);
        restart();
        assertKnown();
    }

    @Test
    void an_approval_that_was_endorsed_before_a_restart_and_ordered_after_it_is_known() throws Exception {
        ledger.transients().put(List.of(endorsed()), ledger.height());
        restart();
        assertThat(approved()).isEmpty();
        commit(APPROVAL);
        assertKnown();
    }

    private void restart() throws LedgerException {
        ledger.close();
        reopen();
    }

    private void reopen() throws LedgerException {
        ledger = new PeerLedgers(new JpaLedgers(TestDatabase.get().unitOfWork())::open, 1 << 20)
                .open(
                        id,
                        folder.resolve("ledger"),
                        new CollectionMembers(peer.resources().node().mspId()));
    }

    private void commit(int number) throws LedgerException {
        ledger.commit(BlockEffects.of(
                ParsedBlock.parse(FabricVectors.block(number)), List.of(TxValidationCode.VALID), ledger.state()));
    }

    /** The private set of the approval, as the organisation's endorser has it. */
    private PrivateSet endorsed() throws Exception {
        peer.endorser().process(LifecycleVectorsTest.again(recorded, LifecycleVectorsTest.organization(recorded)));
        PrivateSet kept = peer.ledger().waiting().get(0);
        return new PrivateSet(recorded.envelope().txId(), kept.chaincode(), kept.collection(), kept.content());
    }

    private Optional<ApproveChaincodeDefinitionForMyOrgArgs> approved() {
        JoinedChannel joined = new JoinedChannel(ledger, TestPeer::channelConfig);
        return new LedgerApprovals(peer.resources().node(), channel -> Optional.of(joined))
                .find(new ChannelId(TestPeer.CHANNEL), "basic", 1);
    }

    private void assertKnown() throws Exception {
        ApproveChaincodeDefinitionForMyOrgArgs given = ApproveChaincodeDefinitionForMyOrgArgs.parseFrom(
                recorded.invocation().getChaincodeSpec().getInput().getArgs(1));
        assertThat(approved()).hasValueSatisfying(found -> {
            assertThat(found.getVersion()).isEqualTo(given.getVersion());
            assertThat(found.getSource()).isEqualTo(given.getSource());
            assertThat(found.getSource().getLocalPackage().getPackageId()).startsWith("basic_1.0:");
        });
    }
}
