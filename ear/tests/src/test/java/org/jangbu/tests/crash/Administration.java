package org.jangbu.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.Participation;
import org.jangbu.tests.network.Rest;

/** What administrators do at the server, which is another one after each kill. */
record Administration(URI server) {
    private static final String BYTES = "application/octet-stream";
    private static final String PEER = "peers/" + NodeFolders.PEER_OF_ORG1;

    /** The first block of a channel of the first organisation alone. */
    byte[] firstBlock(String channel) throws IOException, InterruptedException {
        Rest.Answer made = user().post(
                        "channels/genesis",
                        Json.createObjectBuilder()
                                .add("channel", channel)
                                .add(
                                        "organizations",
                                        Json.createArrayBuilder()
                                                .add(Json.createObjectBuilder().add("mspId", "Org1MSP")))
                                .build());
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return Base64.getDecoder().decode(made.json().getString("block"));
    }

    /** Installs a package on the first organisation's peer; answers the status. */
    int install(byte[] contract) throws IOException, InterruptedException {
        return administrator().post(PEER + "/packages", BYTES, contract).status();
    }

    /** The packages that the peer says it has. */
    String packages() throws IOException, InterruptedException {
        return administrator().get(PEER + "/packages").body();
    }

    /** A package as the peer gives it back. */
    byte[] packageOf(String id) throws IOException, InterruptedException {
        return administrator().getBytes(PEER + "/packages/" + id);
    }

    /** Has the first organisation's peer join a channel; answers the status. */
    int joinPeer(byte[] firstBlock) throws IOException, InterruptedException {
        return administrator().post(PEER + "/channels", BYTES, firstBlock).status();
    }

    /** Has the orderer join a channel; answers the status. */
    int joinOrderer(byte[] firstBlock) throws IOException, InterruptedException {
        return Participation.at(server, QuickStartUsers.administratorOfOrderer())
                .join(firstBlock)
                .status();
    }

    /** How many blocks the peer has of a channel. */
    int height(String channel) throws IOException, InterruptedException {
        return user().get("channels/" + channel).json().getInt("height");
    }

    private Rest user() {
        return Rest.at(server, QuickStartUsers.userOfOrg1());
    }

    private Rest administrator() {
        return Rest.at(server, QuickStartUsers.administratorOfOrg1());
    }
}
