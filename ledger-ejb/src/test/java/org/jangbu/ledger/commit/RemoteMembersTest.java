package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataRequest;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Sha256;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.endorse.Chaincodes;
import org.jangbu.peer.endorse.Definitions;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PeerMetrics;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.CollectionMembers;
import org.jangbu.peer.reconcile.MemberChaincode;
import org.jangbu.peer.reconcile.OtherPeers;
import org.jangbu.peer.reconcile.ReconcileSettings;
import org.jangbu.peer.reconcile.Reconciler;
import org.jangbu.peer.reconcile.RemoteMembers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two peers of two servers, of which each asks the other in signed proposals; with real databases, without a network between them. */
class RemoteMembersTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final ChannelId CHANNEL = new ChannelId(TestPeer.CHANNEL);
    private static final String BOTH = "both";
    private static final Clock CLOCK = Clock.fixed(TestPeer.NOW, ZoneOffset.UTC);
    private static final ReconcileSettings SETTINGS =
            new ReconcileSettings(Duration.ofHours(1), Duration.ofHours(2), 10);

    @TempDir
    Path folder;

    private final Proposals proposals = new Proposals(CLOCK, new SecureRandom());
    private PrivatePeer first;
    private PrivatePeer second;
    private Peer one;
    private Peer two;
    private int transactions;

    @BeforeEach
    void open() throws Exception {
        first = new PrivatePeer(folder.resolve("first"), new CollectionMembers(ORG1));
        second = new PrivatePeer(folder.resolve("second"), new CollectionMembers(ORG2));
        Writes definition = Definition.of(
                List.of(Definition.collection(BOTH, 0, ORG1, ORG2), Definition.collection("onlyFirst", 0, ORG1)));
        first.commit(definition);
        second.commit(definition);
        one = new Peer(first, ORG1, FabricVectors.peer(1));
        two = new Peer(second, ORG2, FabricVectors.peer(2));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void a_member_fetches_what_it_missed_from_a_peer_of_another_server() throws Exception {
        commit(by(BOTH).put("k", "v"));
        commit(by("onlyFirst").put("k", "v"));
        assertThat(reconcile()).isEqualTo(1);
        assertThat(second.value(BOTH, "k")).contains("v");
        assertThat(second.value("onlyFirst", "k")).isEmpty();
    }

    @Test
    void a_set_is_handed_to_a_member_before_endorsement_and_committed_from_there() throws Exception {
        PrivateTransaction transaction = by(BOTH).put("k", "v");
        assertThat(members(one, two).hand(one.joined(), transaction.set(), 5)).isEqualTo(1);
        assertThat(second.ledger().transients().find(List.of(transaction.set().txId())))
                .containsExactly(transaction.set());
        second.commit(transaction);
        assertThat(second.value(BOTH, "k")).contains("v");

        PrivateTransaction secret = by("onlyFirst").put("k", "v");
        assertThat(members(one, two).hand(one.joined(), secret.set(), 5)).isZero();
        assertThat(members(one, two).hand(one.joined(), transaction.set(), 0)).isZero();
    }

    @Test
    void only_peers_of_the_channel_are_served_and_only_by_whom_they_ask() throws Exception {
        ByteString question = RemotePvtDataRequest.getDefaultInstance().toByteString();
        ByteString here = Sha256.of(two.identity());
        assertThat(asks(FabricVectors.peer(1), "Pull", here, question)).isEqualTo("");
        assertThat(asks(FabricVectors.user(1), "Pull", here, question))
                .isEqualTo("only peers of the channel exchange private data");
        assertThat(asks(FabricVectors.admin(2), "Pull", here, question))
                .isEqualTo("only peers of the channel exchange private data");
        assertThat(asks(FabricVectors.peer(1), "Pull", Sha256.of(one.identity()), question))
                .isEqualTo("this is meant for another peer");
        assertThat(asks(FabricVectors.peer(1), "Pull", here, ByteString.copyFromUtf8("no question")))
                .isEqualTo("the question cannot be read");
        assertThat(asks(FabricVectors.peer(1), "Push", here)).contains("sets are taken at once");
        assertThat(asks(FabricVectors.peer(1), "Other", here)).isEqualTo("no such function");
    }

    private String asks(SigningIdentity signer, String function, ByteString... args) throws Exception {
        ProposalResponse response = two.endorser()
                .process(proposals
                        .sign(
                                signer,
                                CHANNEL,
                                new ChaincodeName(MemberChaincode.NAME),
                                new Invocation(ByteString.copyFromUtf8(function), List.of(args), Map.of()))
                        .proposal());
        return response.getResponse().getMessage();
    }

    /** The second peer asks the first. */
    private int reconcile() {
        return new Reconciler(members(two, one), SETTINGS).reconcile(two.joined(), () -> false);
    }

    private RemoteMembers members(Peer here, Peer there) {
        return new RemoteMembers(
                channel -> CompletableFuture.completedFuture(List.of(there)),
                name -> Optional.of(here.signer()),
                proposals);
    }

    private PrivateTransaction by(String collection) {
        return PrivateTransaction.by("tx" + transactions++, collection);
    }

    private void commit(PrivateTransaction transaction) throws Exception {
        first.commitWithSets(transaction);
        second.commit(transaction);
    }

    /** A peer with an endorser over its real ledger. */
    private record Peer(PrivatePeer peer, MspId organization, SigningIdentity signer) implements OtherPeers.Other {
        JoinedChannel joined() {
            return new JoinedChannel(peer.ledger(), TestPeer::channelConfig);
        }

        Endorser endorser() {
            LocalNode node = new LocalNode(
                    name(), organization, LocalNode.Role.PEER, true, name() + ":7051", Path.of(name().value()), signer);
            PeerResources resources = new PeerResources(
                    node,
                    ChannelMembership.of(FabricVectors.msp(organization).msp()),
                    channel -> Optional.of(joined()),
                    new Definitions(),
                    NO_CONTRACTS,
                    Map.of(MemberChaincode.NAME, new MemberChaincode(this::identity)));
            return new Endorser(resources, Endorser.Settings.DEFAULT, CLOCK, RevocationSource.NONE, PeerMetrics.NONE);
        }

        @Override
        public NodeName name() {
            return peer.ledger().id().node();
        }

        @Override
        public MspId mspId() {
            return organization;
        }

        @Override
        public ByteString identity() {
            return signer.serialized();
        }

        @Override
        public CompletionStage<ProposalResponse> answer(UnpackedProposal proposal) {
            try {
                return CompletableFuture.completedFuture(
                        endorser().process(proposal).response());
            } catch (ProposalException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private static final Chaincodes NO_CONTRACTS = new Chaincodes() {
        @Override
        public ChaincodeRuntime runtime(ChannelId channel, ChaincodeDefinition definition) {
            throw new IllegalStateException("no contract is called");
        }

        @Override
        public boolean has(ChannelId channel, ChaincodeDefinition definition) {
            return false;
        }
    };
}
