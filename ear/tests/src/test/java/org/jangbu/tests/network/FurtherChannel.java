package org.jangbu.tests.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.tests.server.TrialServer;

/** A channel beside the tests' own: founded while the server runs, of one or both organisations. */
public final class FurtherChannel {
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final ChannelId id;
    private final List<Integer> members;
    private final Block genesis;

    private FurtherChannel(ChannelId id, List<Integer> members, Block genesis) {
        this.id = id;
        this.members = members;
        this.genesis = genesis;
    }

    /** The first block of a channel of these organisations, 1 or 2; nobody has it yet. */
    public static FurtherChannel of(String name, Integer... members) throws IOException, MspConfigurationException {
        return of(name, TrialNetwork.CONSORTIUM, members);
    }

    /** The same, said to be of some consortium. */
    public static FurtherChannel of(String name, String consortium, Integer... members)
            throws IOException, MspConfigurationException {
        ChannelId id = new ChannelId(name);
        List<ChannelProfile.Organization> organizations = new ArrayList<>();
        for (int member : members) {
            organizations.add(organization("peerOrganizations/org" + member + ".example.com", "Org" + member + "MSP"));
        }
        ChannelProfile profile = new ChannelProfile(
                id,
                Optional.of(consortium),
                List.of(organization("ordererOrganizations/example.com", "OrdererMSP")),
                organizations,
                ChannelProfile.Batch.DEFAULT,
                ChannelProfile.Consensus.JMS);
        byte[] nonce = new byte[24];
        new SecureRandom().nextBytes(nonce);
        return new FurtherChannel(
                id, List.of(members), GenesisBlock.of(profile, Instant.now(), ByteString.copyFrom(nonce)));
    }

    private static ChannelProfile.Organization organization(String folder, String mspId)
            throws IOException, MspConfigurationException {
        Path msp = TrialServer.installation()
                .network()
                .organizations()
                .resolve(folder)
                .resolve("msp");
        return ChannelProfile.Organization.of(LocalMsp.read(msp, new MspId(mspId)), List.of());
    }

    public String name() {
        return id.value();
    }

    public Block genesis() {
        return genesis;
    }

    /** Below {@code /api/v1}. */
    public String path() {
        return "channels/" + id;
    }

    /** Has the orderer join, and the peers of its members. */
    public FurtherChannel founded() throws IOException, InterruptedException {
        Participation.Answer answer =
                Participation.as(QuickStartUsers.administratorOfOrderer()).join(genesis.toByteArray());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        for (int member : members) {
            assertThat(join(member).status()).isEqualTo(201);
        }
        return this;
    }

    /** Has the peer of an organisation join. */
    public Rest.Answer join(int member) throws IOException, InterruptedException {
        return administrator(member)
                .post(
                        "peers/peer0.org" + member + ".example.com/channels",
                        "application/octet-stream",
                        genesis.toByteArray());
    }

    /** Has its members agree on a contract whose package every peer has; the channel's own policy says who endorses. */
    public FurtherChannel with(TrialContract contract) throws IOException, InterruptedException, QuickStartException {
        String packageId = contract.packageId(Artifacts.ofThisBuild());
        ApproveChaincodeDefinitionForMyOrgArgs approval = ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setSequence(1)
                .setName(contract.name())
                .setVersion("1.0")
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId)))
                .build();
        for (int member : members) {
            lifecycle(member, TrialContract.APPROVE, approval);
        }
        lifecycle(
                members.get(0),
                TrialContract.COMMIT,
                CommitChaincodeDefinitionArgs.newBuilder()
                        .setSequence(1)
                        .setName(contract.name())
                        .setVersion("1.0")
                        .build());
        return this;
    }

    private void lifecycle(int member, String function, MessageLite argument) throws IOException, InterruptedException {
        JsonObject call = Json.createObjectBuilder()
                .add("function", function)
                .add(
                        "args",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("base64", Base64.getEncoder().encodeToString(argument.toByteArray()))))
                .build();
        Rest.Answer answer = administrator(member).post(path() + "/chaincodes/_lifecycle/submit", call);
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
    }

    /** Runs a function as an organisation's user and waits for its commit. */
    public Rest.Answer submit(int member, String chaincode, String function, String... arguments)
            throws IOException, InterruptedException {
        return user(member).post(path() + "/chaincodes/" + chaincode + "/submit", Rest.call(function, arguments));
    }

    /** Runs a function as an organisation's user, for its answer only. */
    public Rest.Answer evaluate(int member, String chaincode, String function, String... arguments)
            throws IOException, InterruptedException {
        return user(member).post(path() + "/chaincodes/" + chaincode + "/evaluate", Rest.call(function, arguments));
    }

    /** How many blocks an organisation's peer has. */
    public long height(int member) throws IOException, InterruptedException {
        return user(member).get(path()).json().getJsonNumber("height").longValue();
    }

    /** Waits until an organisation's peer has so many blocks. */
    public void awaitHeight(int member, long height) {
        await().atMost(SETTLED).until(() -> height(member) == height);
    }

    /** The user of an organisation. */
    public static Rest user(int member) {
        return Rest.as(member == 1 ? QuickStartUsers.userOfOrg1() : QuickStartUsers.userOfOrg2());
    }

    /** The administrator of an organisation. */
    public static Rest administrator(int member) {
        return Rest.as(member == 1 ? QuickStartUsers.administratorOfOrg1() : QuickStartUsers.administratorOfOrg2());
    }
}
