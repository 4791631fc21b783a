package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.FurtherChannel;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Participation;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

/** The orderer joins and leaves channels while the server runs, by Fabric's interface and in Fabric's words. */
class ParticipationIT extends NetworkTest {
    private static final Participation ADMIN = Participation.as(QuickStartUsers.administratorOfOrderer());

    @Test
    void a_channel_is_founded_transacts_is_removed_and_taken_up_again() throws Exception {
        FurtherChannel channel = FurtherChannel.of(Fresh.name("founded"), 1, 2);
        String url = "/participation/v1/channels/" + channel.name();

        Participation.Answer joined = ADMIN.join(channel.genesis().toByteArray());

        assertThat(joined.status()).isEqualTo(201);
        String told = "{\"name\":\"" + channel.name() + "\",\"url\":\"" + url
                + "\",\"consensusRelation\":\"consenter\",\"status\":\"active\",\"height\":1}";
        assertThat(joined.body()).isEqualTo(told);
        assertThat(ADMIN.call("GET", "/" + channel.name()).body()).isEqualTo(told);
        Participation.Answer list = ADMIN.call("GET", "");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body())
                .startsWith("{\"systemChannel\":null,\"channels\":[")
                .contains("{\"name\":\"" + TrialServer.CHANNEL + "\",\"url\":\"/participation/v1/channels/"
                        + TrialServer.CHANNEL + "\"}")
                .contains("{\"name\":\"" + channel.name() + "\",\"url\":\"" + url + "\"}");
        Participation.Answer again = ADMIN.join(channel.genesis().toByteArray());
        assertThat(again.error()).isEqualTo("405 cannot join: channel already exists");
        assertThat(again.allow()).isEqualTo("GET, DELETE");

        assertThat(channel.join(1).status()).isEqualTo(201);
        assertThat(channel.join(2).status()).isEqualTo(201);
        channel.with(TrialContract.KEY_VALUE);
        assertThat(channel.submit(1, "keyvalue", "put", "k", "one").outcome()).isEqualTo("200 VALID");

        assertThat(ADMIN.call("DELETE", "/" + channel.name()).status()).isEqualTo(204);
        assertThat(ADMIN.call("GET", "/" + channel.name()).error()).isEqualTo("404 channel does not exist");
        assertThat(ADMIN.call("DELETE", "/" + channel.name()).error())
                .isEqualTo("404 cannot remove: channel does not exist");
        assertThat(channel.submit(1, "keyvalue", "put", "k", "two").outcome()).isEqualTo("404 channel-not-found");
        assertThat(channel.evaluate(1, "keyvalue", "get", "k").json().getString("result"))
                .as("peers keep what they have")
                .isEqualTo("one");

        assertThat(ADMIN.join(channel.genesis().toByteArray()).status()).isEqualTo(201);
        assertThat(channel.submit(2, "keyvalue", "put", "k", "two").outcome()).isEqualTo("200 VALID");
        assertThat(channel.evaluate(1, "keyvalue", "get", "k").json().getString("result"))
                .isEqualTo("two");
        network.assertWorks();
    }

    @Test
    void a_member_of_the_consortium_founds_and_is_told_of_nothing_else() throws Exception {
        Participation member = Participation.as(QuickStartUsers.administratorOfOrg1());
        FurtherChannel channel = FurtherChannel.of(Fresh.name("bymember"), 1);

        assertThat(member.join(channel.genesis().toByteArray()).status()).isEqualTo(201);

        assertThat(member.call("GET", "").status()).isEqualTo(403);
        assertThat(member.call("DELETE", "/" + channel.name()).status()).isEqualTo(403);
        FurtherChannel ofOthers = FurtherChannel.of(Fresh.name("ofothers"), 2);
        assertThat(member.join(ofOthers.genesis().toByteArray()).status())
                .as("it is no channel of its own organisation")
                .isEqualTo(403);
        Participation user = Participation.as(QuickStartUsers.userOfOrg1());
        assertThat(user.join(FurtherChannel.of(Fresh.name("byuser"), 1)
                                .genesis()
                                .toByteArray())
                        .status())
                .isEqualTo(403);
        Participation.Answer nobody = Participation.asNobody().call("GET", "");
        assertThat(nobody.error()).isEqualTo("401 credentials are missing");
    }

    @Test
    void a_first_block_is_made_of_a_profile_that_names_members_only() throws Exception {
        String name = Fresh.name("profiled");
        Rest user = FurtherChannel.user(1);
        JsonObject profile = Json.createObjectBuilder()
                .add("channel", name)
                .add(
                        "organizations",
                        Json.createArrayBuilder().add(member("Org1MSP")).add(member("Org2MSP")))
                .build();

        Rest.Answer made = user.post("channels/genesis", profile);

        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.json().getString("channel")).isEqualTo(name);
        byte[] block = Base64.getDecoder().decode(made.json().getString("block"));
        assertThat(ADMIN.join(block).status()).isEqualTo(201);
        assertThat(FurtherChannel.administrator(1)
                        .post("peers/peer0.org1.example.com/channels", "application/octet-stream", block)
                        .status())
                .isEqualTo(201);
        assertThat(user.get("channels/" + name).json().getInt("height")).isEqualTo(1);

        Rest.Answer stranger = user.post(
                "channels/genesis",
                Json.createObjectBuilder()
                        .add("channel", name)
                        .add("organizations", Json.createArrayBuilder().add(member("Org3MSP")))
                        .build());
        assertThat(stranger.outcome()).isEqualTo("400 invalid-body");
        assertThat(stranger.body()).contains("Org3MSP is no member");
        assertThat(user.get("channels/genesis").outcome())
                .as("a channel may have this name")
                .isEqualTo("404 channel-not-found");
        assertThat(Rest.asNobody().post("channels/genesis", profile).status()).isEqualTo(401);
    }

    private static JsonObjectBuilder member(String mspId) {
        return Json.createObjectBuilder().add("mspId", mspId);
    }

    @Test
    void refuses_with_the_reason_and_keeps_nothing() throws Exception {
        String name = Fresh.name("refused");
        FurtherChannel channel = FurtherChannel.of(name, 1, 2);
        Block good = channel.genesis();
        byte[] bytes = good.toByteArray();

        assertThat(ADMIN.join("no block".getBytes(StandardCharsets.UTF_8)).error())
                .isEqualTo("400 cannot unmarshal file part config-block into a block");
        assertThat(ADMIN.join(good.toBuilder()
                                .setHeader(good.getHeader().toBuilder().setNumber(1))
                                .build()
                                .toByteArray())
                        .error())
                .isEqualTo("400 cannot join: not the first block of a channel");
        assertThat(ADMIN.join(FurtherChannel.of(name, "OtherConsortium", 1, 2)
                                .genesis()
                                .toByteArray())
                        .error())
                .isEqualTo("400 cannot join: channel " + name
                        + ": it is of consortium 'OtherConsortium'; this orderer's is 'TrialConsortium'");
        assertThat(ADMIN.form(Participation.part("block", bytes)).error())
                .isEqualTo("400 form does not contains part key: config-block");
        assertThat(ADMIN.form(Participation.part("config-block", bytes), Participation.part("more", bytes))
                        .error())
                .isEqualTo("400 form contains too many parts");
        assertThat(ADMIN.form().error()).isEqualTo("400 cannot read form from request body");
        assertThat(ADMIN.post("application/octet-stream", bytes).error())
                .isEqualTo("400 unsupported Content-Type: [application/octet-stream]");
        assertThat(ADMIN.post("multipart/form-data", bytes).status()).isEqualTo(400);
        assertThat(ADMIN.join(new byte[33 << 20]).status()).isEqualTo(413);
        assertThat(ADMIN.accepting("text/plain", "").error())
                .isEqualTo("406 response Content-Type is application/json only");
        assertThat(ADMIN.call("PUT", "").error()).isEqualTo("405 invalid request method: PUT");
        assertThat(ADMIN.call("POST", "/" + name).allow()).isEqualTo("GET, DELETE");
        assertThat(ADMIN.call("GET", "/Channel").error()).isEqualTo("400 invalid channel ID");
        assertThat(ADMIN.call("GET", "?orderer=orderer9.example.com").status()).isEqualTo(404);
        assertThat(ADMIN.call("GET", "?orderer=orderer.example.com").status()).isEqualTo(200);

        assertThat(ADMIN.call("GET", "/" + name).error()).isEqualTo("404 channel does not exist");
        assertThat(ADMIN.join(bytes).status()).isEqualTo(201);
    }
}
