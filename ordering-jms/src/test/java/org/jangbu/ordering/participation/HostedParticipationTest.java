package org.jangbu.ordering.participation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.participation.ChannelParticipation.Participation;
import org.jangbu.ordering.participation.ChannelParticipation.Relation;
import org.jangbu.ordering.participation.ParticipationException.Kind;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jangbu.peer.gateway.BroadcastException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedParticipationTest {
    private static final ChannelId CHANNEL = new ChannelId("channel2");
    private static final String CONSORTIUM = "Trial";
    private static final Optional<NodeName> ANY = Optional.empty();

    @TempDir
    private Path folder;

    private TrialNetwork network;
    private Participants server;
    private List<OrdererNode> nodes;
    private ByteString admin;

    @BeforeEach
    void start() throws Exception {
        network = new TrialNetwork(folder);
        nodes = List.of(network.participant("orderer", Optional.of(network.consortium(CONSORTIUM, "ANY Admins"))));
        server = new Participants(folder, nodes);
        admin = network.ordererAdmin().serialized();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_channel_is_ordered_from_the_moment_in_which_the_orderer_joins_it() throws Exception {
        assertThat(server.participation.channels(admin, ANY)).isEmpty();
        refusedAsUnknown(CHANNEL);

        Participation joined = server.participation.join(admin, ANY, genesis());

        assertThat(joined)
                .isEqualTo(new Participation(CHANNEL, Relation.CONSENTER, ChannelParticipation.Status.ACTIVE, 1));
        send(CHANNEL);
        assertThat(server.participation.channel(admin, ANY, CHANNEL).height()).isEqualTo(2);
        assertThat(server.participation.channels(admin, ANY)).containsExactly(CHANNEL);
        restart();
        send(CHANNEL);
        assertThat(server.height(CHANNEL)).isEqualTo(3);
    }

    @Test
    void an_administrator_of_a_member_founds_channels_and_is_told_of_none() throws Exception {
        ByteString member = network.admin().serialized();

        server.participation.join(member, ANY, genesis());

        send(CHANNEL);
        denied(() -> server.participation.channels(member, ANY));
        denied(() -> server.participation.channel(member, ANY, CHANNEL));
        denied(() -> server.participation.remove(member, ANY, CHANNEL));
        assertThat(server.participation
                        .founding(member, ANY)
                        .consortium()
                        .orElseThrow()
                        .memberIds())
                .containsExactly(new MspId("Org1MSP"));
    }

    @Test
    void nobody_else_founds_channels() throws Exception {
        ByteString client = network.user().serialized();
        ByteString stranger =
                new TrialNetwork(folder.resolve("elsewhere")).ordererAdmin().serialized();

        denied(() -> server.participation.join(client, ANY, genesis()));
        denied(() -> server.participation.join(stranger, ANY, genesis()));
        denied(() -> server.participation.founding(stranger, ANY));

        server.close();
        nodes = List.of(
                network.participant("orderer", Optional.of(network.consortium(CONSORTIUM, "OR('Org1MSP.client')"))));
        server = new Participants(folder, nodes);
        denied(() -> server.participation.join(network.admin().serialized(), ANY, genesis()));
        server.participation.join(client, ANY, genesis());
        assertThat(server.height(CHANNEL)).isEqualTo(1);
    }

    @Test
    void an_orderer_without_a_consortium_takes_what_its_own_administrators_bring() throws Exception {
        server.close();
        nodes = List.of(network.participant("orderer", Optional.empty()));
        server = new Participants(folder, nodes);

        denied(() -> server.participation.join(network.admin().serialized(), ANY, genesis()));
        server.participation.join(admin, ANY, block(network.profile(CHANNEL, Optional.empty())));

        assertThat(server.height(CHANNEL)).isEqualTo(1);
    }

    @Test
    void refuses_first_blocks_that_are_none_or_not_of_its_consortium_and_keeps_nothing() throws Exception {
        Block good = genesis();
        refused(
                "not the first block",
                good.toBuilder()
                        .setHeader(good.getHeader().toBuilder().setNumber(1))
                        .build());
        refused(
                "do not match",
                good.toBuilder()
                        .setHeader(good.getHeader().toBuilder().setDataHash(ByteString.copyFromUtf8("other")))
                        .build());
        refused("do not match", Block.getDefaultInstance());
        refused("is of consortium ''", block(network.profile(CHANNEL, Optional.empty())));
        refused("is of consortium 'Other'", block(network.profile(CHANNEL, Optional.of("Other"))));
        refused(
                "consensus 'etcdraft'",
                block(changed(profile -> new ChannelProfile(
                        profile.channel(),
                        profile.consortium(),
                        profile.ordererOrganizations(),
                        profile.applicationOrganizations(),
                        profile.batch(),
                        new ChannelProfile.Consensus("etcdraft", java.util.Map.of())))));
        refused("no organisation", block(changed(profile -> application(profile, List.of()))));
    }

    @Test
    void refuses_organisations_that_are_not_whom_they_claim_to_be() throws Exception {
        TrialNetwork elsewhere = new TrialNetwork(folder.resolve("elsewhere"));
        refused(
                "Org1MSP has other root certificates",
                block(changed(profile -> application(profile, List.of(elsewhere.organization(new MspId("Org1MSP")))))));
        refused(
                "OrdererMSP is no member",
                block(changed(profile -> application(
                        profile,
                        List.of(
                                network.organization(new MspId("Org1MSP")),
                                network.organization(new MspId("OrdererMSP")))))));
        refused(
                "orderer organisation OrdererMSP is not this orderer's",
                block(changed(profile -> orderers(profile, List.of(elsewhere.organization(new MspId("OrdererMSP")))))));
        refused(
                "orderer organisation Org1MSP is not this orderer's",
                block(changed(profile -> orderers(
                        profile,
                        List.of(
                                network.organization(new MspId("OrdererMSP")),
                                network.organization(new MspId("Org1MSP")))))));
    }

    @Test
    void a_channel_is_joined_once() throws Exception {
        server.participation.join(admin, ANY, genesis());

        assertThat(kind(() -> server.participation.join(admin, ANY, genesis()))).isEqualTo(Kind.JOINED_ALREADY);
        send(CHANNEL);
    }

    @Test
    void a_join_that_fails_half_way_leaves_nothing_and_is_done_by_the_same_call() throws Exception {
        Path ledgers = nodes.get(0).node().ledgers();
        Files.createDirectories(ledgers);
        Files.writeString(ledgers.resolve("chains"), "in the way");

        assertThat(kind(() -> server.participation.join(admin, ANY, genesis()))).isEqualTo(Kind.UNAVAILABLE);

        assertThat(new NodeDirectory(folder).genesisBlocks(nodes.get(0).node())).isEmpty();
        refusedAsUnknown(CHANNEL);
        Files.delete(ledgers.resolve("chains"));
        server.participation.join(admin, ANY, genesis());
        send(CHANNEL);
    }

    @Test
    void a_crash_while_joining_leaves_what_the_next_start_or_the_same_call_completes() throws Exception {
        new NodeDirectory(folder).keepGenesisBlock(nodes.get(0).node(), CHANNEL, genesis());
        restart();
        send(CHANNEL);
        assertThat(server.height(CHANNEL)).isEqualTo(2);

        ChannelId third = new ChannelId("channel3");
        Block first = block(network.profile(third, Optional.of(CONSORTIUM)));
        OrdererLedger.open(nodes.get(0).node().ledgers(), third, first).close();
        server.participation.join(admin, ANY, first);
        send(third);
    }

    @Test
    void a_removed_channel_is_neither_ordered_nor_served_and_goes_on_when_it_is_joined_again() throws Exception {
        server.participation.join(admin, ANY, genesis());
        send(CHANNEL);

        server.participation.remove(admin, ANY, CHANNEL);

        refusedAsUnknown(CHANNEL);
        assertThat(server.orderers.ledger(CHANNEL)).isEmpty();
        assertThat(server.orderers.isRemoved(CHANNEL)).isTrue();
        assertThat(kind(() -> server.participation.channel(admin, ANY, CHANNEL)))
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(() -> server.participation.remove(admin, ANY, CHANNEL))).isEqualTo(Kind.NOT_FOUND);
        restart();
        refusedAsUnknown(CHANNEL);
        assertThat(server.orderers.isRemoved(CHANNEL)).isTrue();
        refused("its name cannot be used anew", block(changed(profile -> profile), "another twenty-four byte"));

        server.participation.join(admin, ANY, genesis());

        assertThat(server.orderers.isRemoved(CHANNEL)).isFalse();
        assertThat(server.height(CHANNEL)).isEqualTo(2);
        send(CHANNEL);
        assertThat(server.height(CHANNEL)).isEqualTo(3);
    }

    @Test
    void a_channel_is_not_left_while_envelopes_that_were_taken_wait() throws Exception {
        server.participation.join(admin, ANY, genesis());
        server.loseTheBroker();
        var unused = server.broadcast(CHANNEL, network.envelope(CHANNEL, "waits"));

        assertThat(kind(() -> server.participation.remove(admin, ANY, CHANNEL))).isEqualTo(Kind.UNAVAILABLE);

        assertThat(server.participation.channels(admin, ANY)).containsExactly(CHANNEL);
        assertThat(server.broadcast(CHANNEL, network.envelope(CHANNEL, "is taken still"))
                        .toCompletableFuture())
                .isNotCompletedExceptionally();
    }

    @Test
    void of_two_orderers_one_orders_and_the_other_follows_and_takes_over() throws Exception {
        server.close();
        nodes = List.of(
                network.participant("orderer", Optional.empty()), network.participant("orderer2", Optional.empty()));
        server = new Participants(folder, nodes);
        Optional<NodeName> one = Optional.of(nodes.get(0).node().name());
        Optional<NodeName> two = Optional.of(nodes.get(1).node().name());
        assertThat(kind(() -> server.participation.channels(admin, ANY))).isEqualTo(Kind.AMBIGUOUS);
        assertThat(kind(() -> server.participation.channels(admin, Optional.of(new NodeName("orderer3.example.com")))))
                .isEqualTo(Kind.NOT_FOUND);

        server.participation.join(admin, one, genesis());
        send(CHANNEL);
        Participation follower = server.participation.join(admin, two, genesis());

        assertThat(follower)
                .isEqualTo(new Participation(CHANNEL, Relation.FOLLOWER, ChannelParticipation.Status.ACTIVE, 2));
        server.participation.remove(admin, one, CHANNEL);
        send(CHANNEL);
        assertThat(server.participation.channel(admin, two, CHANNEL))
                .isEqualTo(new Participation(CHANNEL, Relation.CONSENTER, ChannelParticipation.Status.ACTIVE, 3));
    }

    private void restart() throws Exception {
        server.close();
        server = new Participants(folder, nodes);
    }

    private void send(ChannelId channel) throws Exception {
        server.broadcast(channel, network.envelope(channel, "a transaction"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void refusedAsUnknown(ChannelId channel) {
        assertThatThrownBy(() -> send(channel))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BroadcastException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(Status.NOT_FOUND));
    }

    private void refused(String reason, Block block) throws Exception {
        assertThatThrownBy(() -> server.participation.join(admin, ANY, block))
                .isInstanceOfSatisfying(
                        ParticipationException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE_BLOCK))
                .hasMessageContaining(reason);
        assertThat(new NodeDirectory(folder).genesisBlocks(nodes.get(0).node())).isEmpty();
        assertThat(OrdererLedger.exists(nodes.get(0).node().ledgers(), new ChannelId("channel4")))
                .isFalse();
    }

    private static void denied(ThrowingCallable call) {
        assertThat(kind(call)).isEqualTo(Kind.DENIED);
    }

    private static Kind kind(ThrowingCallable call) {
        try {
            call.call();
        } catch (ParticipationException e) {
            return e.kind();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was refused");
    }

    private Block genesis() {
        return block(network.profile(CHANNEL, Optional.of(CONSORTIUM)));
    }

    private ChannelProfile changed(UnaryOperator<ChannelProfile> change) {
        return change.apply(network.profile(CHANNEL, Optional.of(CONSORTIUM)));
    }

    private static ChannelProfile application(ChannelProfile profile, List<ChannelProfile.Organization> others) {
        return new ChannelProfile(
                profile.channel(),
                profile.consortium(),
                profile.ordererOrganizations(),
                others,
                profile.batch(),
                profile.consensus());
    }

    private static ChannelProfile orderers(ChannelProfile profile, List<ChannelProfile.Organization> others) {
        return new ChannelProfile(
                profile.channel(),
                profile.consortium(),
                others,
                profile.applicationOrganizations(),
                profile.batch(),
                profile.consensus());
    }

    private static Block block(ChannelProfile profile) {
        return block(profile, "twenty-four random bytes");
    }

    private static Block block(ChannelProfile profile, String nonce) {
        return GenesisBlock.of(profile, Instant.parse("2026-11-22T00:00:00Z"), ByteString.copyFromUtf8(nonce));
    }
}
