package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.FurtherChannel;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Participation;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/**
 * Channels side by side on one server, which hosts the peers of both organisations: what belongs to one is neither read, endorsed, submitted
 * nor delivered through another.
 */
class ChannelsIT extends NetworkTest {
    @Test
    void a_peer_that_joins_late_catches_up_from_the_first_block() throws Exception {
        FurtherChannel channel = FurtherChannel.of(Fresh.name("late"), 1, 2);
        assertThat(Participation.as(QuickStartUsers.administratorOfOrderer())
                        .join(channel.genesis().toByteArray())
                        .status())
                .isEqualTo(201);
        assertThat(channel.join(2).status()).isEqualTo(201);
        Rest user = FurtherChannel.user(2);
        for (int i = 0; i < 5; i++) {
            // Without effect, since no contract is defined; in a block all the same.
            ordered(channel, i);
        }
        long height = channel.height(2);
        assertThat(height).isGreaterThan(1);

        assertThat(channel.join(1).status()).isEqualTo(201);

        channel.awaitHeight(1, height);
        for (long number = 0; number < height; number++) {
            String block = channel.path() + "/blocks/" + number + "/raw";
            assertThat(FurtherChannel.user(1).getBytes(block)).isEqualTo(user.getBytes(block));
        }
        channel.with(TrialContract.KEY_VALUE);
        assertThat(channel.submit(1, "keyvalue", "put", "k", "v").outcome()).isEqualTo("200 VALID");
        assertThat(channel.evaluate(2, "keyvalue", "get", "k").json().getString("result"))
                .isEqualTo("v");
    }

    private static void ordered(FurtherChannel channel, int round)
            throws IOException, InterruptedException, MspConfigurationException {
        OwnKeys user = ofUserOfOrg2();
        Envelope envelope = new Forgery(user.signer())
                .withHeaderForChannel(user.transaction("keyvalue", "put", Fresh.name("k"), "" + round), channel.name());
        assertThat(send(FurtherChannel.user(2), channel.name(), envelope).outcome())
                .isEqualTo("409 transaction-invalid");
    }

    @Test
    void organisations_that_are_no_members_see_nothing() throws Exception {
        FurtherChannel theirs = onlyOfOrg2();
        assertThat(theirs.submit(2, "keyvalue", "put", "secret", "of org2").outcome())
                .isEqualTo("200 VALID");
        String transaction = newestTransaction(theirs);
        Rest stranger = FurtherChannel.user(1);
        Rest administrator = FurtherChannel.administrator(1);

        assertThat(stranger.get("channels").body()).doesNotContain(theirs.name());
        for (Rest caller : List.of(stranger, administrator)) {
            for (String path : List.of(
                    "",
                    "/blocks",
                    "/blocks/0",
                    "/config",
                    "/transactions/" + transaction,
                    "/transactions/" + transaction + "/status")) {
                assertThat(caller.get(theirs.path() + path).outcome()).as(path).isEqualTo("404 channel-not-found");
            }
        }
        refusedAlike(theirs.evaluate(1, "keyvalue", "get", "secret"));
        refusedAlike(theirs.submit(1, "keyvalue", "put", "secret", "of org1"));
        assertThat(theirs.join(1).outcome())
                .as(
                        "its administrator may join a peer to whatever he likes, and then sees what the orderer gives everybody here")
                .isEqualTo("201 ");
        assertThat(stranger.get(theirs.path()).outcome()).isEqualTo("404 channel-not-found");
        refusedAlike(theirs.evaluate(1, "keyvalue", "get", "secret"));
        assertThat(theirs.evaluate(2, "keyvalue", "get", "secret").json().getString("result"))
                .isEqualTo("of org2");
    }

    @Test
    void system_contracts_asked_on_one_channel_tell_strangers_nothing_of_another() throws Exception {
        FurtherChannel theirs = onlyOfOrg2();
        String here = Rest.channel() + "/chaincodes/";
        for (String call :
                List.of("qscc/GetChainInfo", "qscc/GetBlockByNumber", "cscc/GetConfigBlock", "cscc/GetChannelConfig")) {
            int slash = call.indexOf('/');
            Rest.Answer answer = FurtherChannel.user(1)
                    .post(
                            here + call.substring(0, slash) + "/evaluate",
                            Rest.call(call.substring(slash + 1), theirs.name(), "0"));
            assertThat(answer.status()).as(call + ": " + answer.body()).isEqualTo(422);
            assertThat(answer.body()).as(call).doesNotContain("Org2MSP");
        }
        String unknown = FurtherChannel.user(1)
                .post(here + "qscc/evaluate", Rest.call("GetTransactionByID", "channel1", newestTransaction(theirs)))
                .outcome();
        assertThat(unknown).isEqualTo("422 chaincode-error");
    }

    @Test
    void messages_for_one_channel_are_not_taken_at_another() throws Exception {
        FurtherChannel both =
                FurtherChannel.of(Fresh.name("both"), 1, 2).founded().with(TrialContract.KEY_VALUE);
        OwnKeys user = ofUserOfOrg2();
        Rest rest = FurtherChannel.user(2);
        String key = Fresh.name("wandering");

        assertThat(rest.post(
                                both.path() + "/proposals",
                                "application/octet-stream",
                                user.propose("keyvalue", "put", key, "v").toByteArray())
                        .outcome())
                .isEqualTo("400 channel-mismatch");
        Envelope honest = user.transaction("keyvalue", "put", key, "v");
        assertThat(send(rest, both.name(), honest).outcome()).isEqualTo("400 channel-mismatch");

        Forgery forgery = new Forgery(user.signer());
        Envelope whole = forgery.forChannel(user.transaction("keyvalue", "put", key, "v"), both.name());
        for (Envelope forged : List.of(forgery.withHeaderForChannel(honest, both.name()), whole)) {
            assertThat(send(rest, both.name(), forged).outcome()).isEqualTo("409 transaction-invalid");
        }
        assertThat(both.evaluate(2, "keyvalue", "get", key).outcome()).isEqualTo("422 chaincode-error");
        String id = Forgery.txId(whole).value();
        assertThat(rest.get(Rest.channel() + "/transactions/" + id).outcome())
                .as("it stands on the other channel only")
                .isEqualTo("404 transaction-not-found");
        FurtherChannel theirs = onlyOfOrg2();
        OwnKeys stranger = OwnKeys.ofUser();
        Envelope intruding = new Forgery(stranger.signer())
                .withHeaderForChannel(stranger.transaction("keyvalue", "put", key, "v"), theirs.name());
        assertThat(send(FurtherChannel.user(1), theirs.name(), intruding).outcome())
                .isEqualTo("403 access-denied");
    }

    @Test
    void a_contract_reads_other_channels_only_for_their_members_and_writes_there_never() throws Exception {
        FurtherChannel theirs = onlyOfOrg2();
        assertThat(theirs.submit(2, "keyvalue", "put", "k", "of org2").outcome())
                .isEqualTo("200 VALID");
        long height = theirs.height(2);

        Rest.Answer member = probe(2, theirs, "get", "k");
        assertThat(member.json().getString("result")).as(member.body()).isEqualTo("200 of org2");
        Rest.Answer written = probe(2, theirs, "put", "k,from elsewhere");
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        Rest.Answer stranger = probe(1, theirs, "get", "k");
        assertThat(stranger.body()).doesNotContain("of org2");

        assertThat(theirs.height(2)).isEqualTo(height);
        assertThat(theirs.evaluate(2, "keyvalue", "get", "k").json().getString("result"))
                .isEqualTo("of org2");
    }

    private static Rest.Answer probe(int member, FurtherChannel channel, String function, String arguments)
            throws IOException, InterruptedException {
        return FurtherChannel.user(member)
                .post(
                        Rest.chaincode("probe") + "/evaluate",
                        Rest.call("call", "keyvalue", channel.name(), function, arguments, ""));
    }

    private static FurtherChannel onlyOfOrg2()
            throws IOException, InterruptedException, MspConfigurationException, QuickStartException {
        return FurtherChannel.of(Fresh.name("theirs"), 2).founded().with(TrialContract.KEY_VALUE);
    }

    /** Nobody learns from the answer whether there is such a channel. */
    private static void refusedAlike(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(403, 404);
        assertThat(answer.body()).doesNotContain("of org2");
    }

    private static String newestTransaction(FurtherChannel channel) throws IOException, InterruptedException {
        Block block = Block.parseFrom(
                FurtherChannel.user(2).getBytes(channel.path() + "/blocks/" + (channel.height(2) - 1) + "/raw"));
        return Forgery.txId(Envelope.parseFrom(block.getData().getData(0))).value();
    }

    private static OwnKeys ofUserOfOrg2() throws IOException, MspConfigurationException {
        return new OwnKeys(OwnKeys.identity(
                TrialServer.installation()
                        .network()
                        .organizations()
                        .resolve("peerOrganizations/org2.example.com/users/User1@org2.example.com/msp"),
                "Org2MSP"));
    }

    private static Rest.Answer send(Rest caller, String channel, Envelope envelope)
            throws IOException, InterruptedException {
        return caller.post(
                "channels/" + channel + "/envelopes?wait=30", "application/octet-stream", envelope.toByteArray());
    }
}
