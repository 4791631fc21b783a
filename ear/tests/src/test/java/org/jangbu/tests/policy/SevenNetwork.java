package org.jangbu.tests.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.BrokerDoor;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.SevenPeers;
import org.jangbu.tests.server.SevenPeers.Owner;
import org.jangbu.tests.server.TrialServer;

/** The channel of seven peers: a client with its own keys, and the administrators who agree on definitions, by the real lifecycle. */
final class SevenNetwork {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String LIFECYCLE = "_lifecycle";

    private final OwnKeys user;
    private final Forgery forgery;
    private final String chaincode;
    private final Map<ByteString, Integer> numbers = new HashMap<>();
    private final ChannelConfig first;
    private long sequence;

    /** @param chaincode a contract of this test alone */
    SevenNetwork(String chaincode) throws Exception {
        this.chaincode = chaincode;
        this.user = client(Owner.ALPHA, "User1");
        this.forgery = new Forgery(user.signer());
        for (int number : SevenPeers.numbers()) {
            numbers.put(peer(number).serialized(), number);
        }
        this.first = ChannelConfigReader.read(block(0));
    }

    private static OwnKeys client(Owner owner, String name) throws Exception {
        return new OwnKeys(OwnKeys.identity(owner.user(name), owner.mspId().value()), SevenPeers.CHANNEL);
    }

    private static SigningIdentity peer(int number) throws Exception {
        return OwnKeys.identity(
                TrialServer.installation()
                        .network()
                        .home()
                        .resolve("nodes")
                        .resolve(SevenPeers.node(number).value())
                        .resolve("msp"),
                SevenPeers.owner(number).mspId().value());
    }

    /** {@code p3} as policies name it. */
    static String principal(int number) {
        return "'" + SevenPeers.owner(number).mspId() + ".node:" + SevenPeers.node(number) + "'";
    }

    /** The administrator's way in, for what is shown and configured. */
    static Rest administrator(Owner owner) {
        return Rest.as(owner.administrator());
    }

    /** A policy's bytes in hex, as the contract takes them. */
    String hex(String policy) throws Exception {
        return HexFormat.of()
                .formatHex(PolicyLanguage.parse(policy, first.membership()).toByteArray());
    }

    /** An endorsement policy as definitions hold it. */
    ApplicationPolicy policy(String text) throws Exception {
        return ApplicationPolicy.newBuilder()
                .setSignaturePolicy(PolicyLanguage.parse(text, first.membership()))
                .build();
    }

    /** Has all three organisations approve the next definition of the contract, and one commit it. */
    void define(String policy) throws Exception {
        define(policy, CollectionConfigPackage.getDefaultInstance());
    }

    /** The same with private collections. */
    void define(String policy, CollectionConfigPackage collections) throws Exception {
        sequence++;
        String packageId = TrialServer.PROBE.packageId(Artifacts.ofThisBuild());
        ApproveChaincodeDefinitionForMyOrgArgs approval = ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName(chaincode)
                .setSequence(sequence)
                .setVersion("1." + sequence)
                .setEndorsementPlugin("escc")
                .setValidationPlugin("vscc")
                .setValidationParameter(policy(policy).toByteString())
                .setCollections(collections)
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId)))
                .build();
        for (Owner owner : Owner.values()) {
            agree(owner, TrialContract.APPROVE, approval);
        }
        agree(
                Owner.ALPHA,
                TrialContract.COMMIT,
                CommitChaincodeDefinitionArgs.newBuilder()
                        .setName(chaincode)
                        .setSequence(sequence)
                        .setVersion(approval.getVersion())
                        .setEndorsementPlugin("escc")
                        .setValidationPlugin("vscc")
                        .setValidationParameter(approval.getValidationParameter())
                        .setCollections(collections)
                        .build());
    }

    private static void agree(Owner owner, String function, MessageLite argument) throws Exception {
        OwnKeys administrator = client(owner, "Admin");
        SignedProposal proposal =
                administrator.propose(LIFECYCLE, Instant.now(), List.of(argument.toByteString()), function);
        Rest.Answer answer = administrator.send(administrator.endorsed(proposal));
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
    }

    /** What the gateway answers to a call. */
    Rest.Answer gateway(String function, String... arguments) throws Exception {
        return user.send(user.propose(chaincode, function, arguments));
    }

    /** Whom the gateway chose; their transaction takes effect. */
    List<Integer> submitted(String function, String... arguments) throws Exception {
        Envelope transaction = user.signed(gateway(function, arguments));
        assertThat(code(transaction)).isEqualTo(TxValidationCode.VALID);
        return endorsers(transaction);
    }

    /** A transaction endorsed by everybody who endorses. */
    Envelope byAll(String function, String... arguments) throws Exception {
        return user.signed(user.compare(user.propose(chaincode, function, arguments)));
    }

    /** The same call endorsed by exactly these, in this order; a number that stands twice endorses twice. */
    Envelope by(List<Integer> endorsers, String function, String... arguments) throws Exception {
        Envelope all = byAll(function, arguments);
        Map<Integer, Endorsement> known = new HashMap<>();
        for (Endorsement endorsement : Forgery.endorsements(all)) {
            known.put(number(endorsement), endorsement);
        }
        List<Endorsement> chosen = new ArrayList<>();
        for (int number : endorsers) {
            assertThat(known).as("endorsements to choose from").containsKey(number);
            chosen.add(known.get(number));
        }
        return forgery.withEndorsements(all, chosen);
    }

    /** Who endorsed a transaction, in the order of the endorsements. */
    List<Integer> endorsers(Envelope transaction) throws Exception {
        return Forgery.endorsements(transaction).stream().map(this::number).toList();
    }

    private int number(Endorsement endorsement) {
        return numbers.getOrDefault(endorsement.getEndorser(), 0);
    }

    /** Hands a transaction in at the front door and waits for its verdict. */
    TxValidationCode code(Envelope transaction) throws Exception {
        Rest.Answer answer = user.send(transaction);
        assertThat(answer.json().containsKey("validationCode"))
                .as(answer.body())
                .isTrue();
        return TxValidationCode.valueOf(answer.json().getString("validationCode"));
    }

    /** Has transactions ordered as one batch, in this order, past the front door. */
    List<TxValidationCode> order(Envelope... transactions) throws Exception {
        List<ByteString> envelopes =
                List.of(transactions).stream().map(Envelope::toByteString).toList();
        long before = height();
        try (BrokerDoor door = BrokerDoor.as("broadcaster")) {
            door.sendBatch(SevenPeers.CHANNEL, configSequence(), envelopes);
        }
        await().atMost(SETTLED).until(() -> height() > before);
        Block block = block(before);
        assertThat(block.getData().getDataList()).isEqualTo(envelopes);
        return TransactionsFilter.of(block).codes();
    }

    /** What a query answers. */
    String evaluate(String function, String... arguments) throws Exception {
        Rest.Answer answer = administrator(Owner.ALPHA)
                .post(
                        Rest.channel(SevenPeers.CHANNEL) + "/chaincodes/" + chaincode + "/evaluate",
                        Rest.call(function, arguments));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("result") instanceof JsonString text ? text.getString() : "";
    }

    static long height() throws Exception {
        return administrator(Owner.ALPHA)
                .get(Rest.channel(SevenPeers.CHANNEL))
                .json()
                .getJsonNumber("height")
                .longValue();
    }

    static long configSequence() throws Exception {
        return administrator(Owner.ALPHA)
                .get(Rest.channel(SevenPeers.CHANNEL) + "/config")
                .json()
                .getJsonNumber("sequence")
                .longValue();
    }

    private static Block block(long number) throws Exception {
        return Block.parseFrom(
                administrator(Owner.ALPHA).getBytes(Rest.channel(SevenPeers.CHANNEL) + "/blocks/" + number + "/raw"));
    }

    /** That all seven have the same blocks, verdicts and commit hashes included. */
    static void assertAlike() throws Exception {
        long height = height();
        await().atMost(SETTLED).untilAsserted(() -> {
            for (int number : SevenPeers.numbers()) {
                assertThat(Ledgers.heightInDatabase(SevenPeers.node(number).value(), SevenPeers.CHANNEL))
                        .as("height of p%s", number)
                        .isEqualTo(height);
            }
        });
        List<Block> chain = Ledgers.chain(SevenPeers.node(1).value(), SevenPeers.CHANNEL);
        for (int number : SevenPeers.numbers()) {
            assertThat(Ledgers.chain(SevenPeers.node(number).value(), SevenPeers.CHANNEL))
                    .as("blocks of p%s", number)
                    .isEqualTo(chain);
        }
    }
}
