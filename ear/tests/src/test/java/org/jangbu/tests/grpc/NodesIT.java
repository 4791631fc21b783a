package org.jangbu.tests.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.ChaincodeQuery;
import org.hyperledger.fabric.protos.discovery.ConfigQuery;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.Endpoint;
import org.hyperledger.fabric.protos.discovery.LocalPeerQuery;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers and orderer asked one by one, as older clients and tools of Fabric do, honestly and not. */
class NodesIT extends NetworkTest {
    private static final String CHANNEL = TrialServer.CHANNEL.value();

    private final String key = "nodes-" + UUID.randomUUID();
    private OwnKeys keys;
    private SigningIdentity signer;
    private ManagedChannel peer;
    private ManagedChannel orderer;

    @BeforeEach
    void connect() throws Exception {
        keys = OwnKeys.ofUser();
        signer = keys.signer();
        peer = Peers.connect(1);
        orderer = Grpc.newChannelBuilder(
                        TrialServer.installation().server().grpc(7050),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(organizations()
                                        .resolve(
                                                "ordererOrganizations/example.com/orderers/orderer.example.com/tls/ca.crt")
                                        .toFile())
                                .build())
                .overrideAuthority("orderer.example.com")
                .build();
    }

    private static Path organizations() {
        return TrialServer.installation().network().organizations();
    }

    @AfterEach
    void disconnect() throws Exception {
        Peers.close(peer);
        Peers.close(orderer);
    }

    @Test
    void a_peer_endorses_for_itself_alone() throws Exception {
        ProposalResponse response =
                EndorserGrpc.newBlockingStub(peer).processProposal(keys.propose("keyvalue", "increment", key));
        assertThat(response.getResponse().getStatus()).isEqualTo(200);
        assertThat(response.hasEndorsement()).isTrue();
        assertThat(response.getEndorsement().getEndorser().toStringUtf8()).contains("Org1MSP");
    }

    @Test
    void a_proposal_that_is_none_gets_a_status_and_the_next_one_an_answer() {
        EndorserGrpc.EndorserBlockingStub stub = EndorserGrpc.newBlockingStub(peer);
        SignedProposal honest = keys.propose("keyvalue", "increment", key);
        StatusRuntimeException malformed = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> stub.processProposal(keys.sign(ByteString.copyFromUtf8("no proposal"))));
        assertThat(malformed.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNKNOWN);
        assertThat(malformed.getStatus().getDescription()).startsWith("error unmarshalling Proposal");
        StatusRuntimeException forged = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> stub.processProposal(honest.toBuilder()
                        .setSignature(signer.sign(ByteString.copyFromUtf8("something else")))
                        .build()));
        assertThat(forged.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNKNOWN);
        assertThat(forged.getStatus().getDescription())
                .isEqualTo("error validating proposal: access denied: channel [" + CHANNEL + "] creator org [Org1MSP]");
        assertThat(stub.processProposal(honest).hasEndorsement()).isTrue();
    }

    @Test
    void an_orderer_takes_transactions_and_answers_each_in_its_order() throws Exception {
        Envelope good = keys.transaction("keyvalue", "increment", key);
        Envelope forged = good.toBuilder()
                .setSignature(signer.sign(ByteString.copyFromUtf8("something else")))
                .build();
        Received<Envelope, BroadcastResponse> answers = new Received<>(false);
        StreamObserver<Envelope> stream = AtomicBroadcastGrpc.newStub(orderer).broadcast(answers);
        stream.onNext(Envelope.getDefaultInstance());
        stream.onNext(forged);
        stream.onNext(good);
        stream.onCompleted();
        assertThat(answers.next().getStatus()).isEqualTo(Status.BAD_REQUEST);
        BroadcastResponse refused = answers.next();
        assertThat(refused.getStatus()).isEqualTo(Status.FORBIDDEN);
        assertThat(refused.getInfo()).contains("/Channel/Writers");
        assertThat(answers.next().getStatus()).isEqualTo(Status.SUCCESS);
        assertThat(answers.end()).isEqualTo(io.grpc.Status.OK);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(network.value(key)).isEqualTo("1"));
    }

    @Test
    void an_orderer_gives_the_blocks_that_it_has_published_to_readers() throws Exception {
        long height = network.height();
        Received<Envelope, org.hyperledger.fabric.protos.orderer.DeliverResponse> answers = new Received<>(false);
        StreamObserver<Envelope> stream = AtomicBroadcastGrpc.newStub(orderer).deliver(answers);
        stream.onNext(SignedRequests.blocks(signer, 0, height - 1));
        for (long number = 0; number < height; number++) {
            Block block = answers.next().getBlock();
            assertThat(block.getHeader()).isEqualTo(network.block(number).getHeader());
            assertThat(block.getData()).isEqualTo(network.block(number).getData());
        }
        assertThat(answers.next().getStatus()).isEqualTo(Status.SUCCESS);
        // The stream is good for another request, and for a bad one, which ends it.
        stream.onNext(SignedRequests.blocks(signer, 0, 0));
        assertThat(answers.next().getBlock().getHeader().getNumber()).isZero();
        assertThat(answers.next().getStatus()).isEqualTo(Status.SUCCESS);
        stream.onNext(SignedRequests.blocks(signer, "elsewhere", 0, 0));
        assertThat(answers.next().getStatus()).isEqualTo(Status.NOT_FOUND);
        assertThat(answers.end()).isEqualTo(io.grpc.Status.OK);
    }

    @Test
    void a_reader_that_has_stopped_writing_still_gets_everything() throws Exception {
        Received<Envelope, DeliverResponse> answers = new Received<>(false);
        StreamObserver<Envelope> stream = DeliverGrpc.newStub(peer).deliver(answers);
        stream.onNext(SignedRequests.blocks(signer, 0, 2));
        stream.onCompleted();
        for (long number = 0; number <= 2; number++) {
            assertThat(answers.next().getBlock().getHeader().getNumber()).isEqualTo(number);
        }
        assertThat(answers.next().getStatus()).isEqualTo(Status.SUCCESS);
        assertThat(answers.end()).isEqualTo(io.grpc.Status.OK);
    }

    @Test
    void whoever_may_not_read_gets_a_status_and_no_block() throws Exception {
        Envelope request = SignedRequests.blocks(signer, 0, 2);
        Received<Envelope, DeliverResponse> answers = new Received<>(false);
        StreamObserver<Envelope> stream = DeliverGrpc.newStub(peer).deliver(answers);
        stream.onNext(request.toBuilder()
                .setSignature(signer.sign(ByteString.copyFromUtf8("something else")))
                .build());
        assertThat(answers.next().getStatus()).isEqualTo(Status.FORBIDDEN);
        assertThat(answers.end()).isEqualTo(io.grpc.Status.OK);
    }

    @Test
    void slow_and_vanished_readers_hold_up_nobody() throws Exception {
        List<Received<Envelope, DeliverResponse>> slow = java.util.stream.Stream.generate(
                        () -> new Received<Envelope, DeliverResponse>(true))
                .limit(200)
                .toList();
        for (Received<Envelope, DeliverResponse> reader : slow) {
            DeliverGrpc.newStub(peer).deliver(reader).onNext(SignedRequests.blocks(signer, 0, Long.MAX_VALUE));
        }
        Received<Envelope, DeliverResponse> vanishing = new Received<>(false);
        DeliverGrpc.newStub(peer).deliver(vanishing).onNext(SignedRequests.blocks(signer, 0, Long.MAX_VALUE));
        assertThat(vanishing.next().hasBlock()).isTrue();
        vanishing.call().cancel("gone", null);

        long height = network.height();
        Received<Envelope, DeliverResponse> quick = new Received<>(false);
        DeliverGrpc.newStub(peer).deliver(quick).onNext(SignedRequests.blocks(signer, 0, Long.MAX_VALUE));
        for (long number = 0; number < height; number++) {
            assertThat(quick.next().getBlock().getHeader().getNumber()).isEqualTo(number);
        }
        keys.send(keys.transaction("keyvalue", "increment", key));
        assertThat(quick.next().getBlock().getHeader().getNumber()).isEqualTo(height);

        Received<Envelope, DeliverResponse> one = slow.get(0);
        assertThat(one.waiting()).isZero();
        one.call().request(1);
        assertThat(one.next().getBlock().getHeader().getNumber()).isZero();
        slow.forEach(reader -> reader.call().cancel("enough", null));
        quick.call().cancel("enough", null);
    }

    @Test
    void a_message_over_the_limit_is_refused_and_other_calls_of_the_connection_go_on() {
        SignedProposal vast = SignedProposal.newBuilder()
                .setProposalBytes(ByteString.copyFrom(new byte[101 << 20]))
                .build();
        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> EndorserGrpc.newBlockingStub(peer).processProposal(vast));
        assertThat(refused.getStatus().getCode())
                .isIn(io.grpc.Status.Code.RESOURCE_EXHAUSTED, io.grpc.Status.Code.CANCELLED);
        assertThat(EndorserGrpc.newBlockingStub(peer)
                        .processProposal(keys.propose("keyvalue", "increment", key))
                        .hasEndorsement())
                .isTrue();
    }

    @Test
    void a_service_that_is_not_here_is_unimplemented() {
        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> EndorserGrpc.newBlockingStub(orderer).processProposal(SignedProposal.getDefaultInstance()));
        assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
    }

    @Test
    void discovery_tells_members_what_they_need_to_find_their_way() throws Exception {
        List<QueryResult> results = discover(
                signer,
                Query.newBuilder().setChannel(CHANNEL).setConfigQuery(ConfigQuery.getDefaultInstance()),
                Query.newBuilder().setChannel(CHANNEL).setPeerQuery(PeerMembershipQuery.getDefaultInstance()),
                Query.newBuilder()
                        .setChannel(CHANNEL)
                        .setCcQuery(ChaincodeQuery.newBuilder()
                                .addInterests(ChaincodeInterest.newBuilder()
                                        .addChaincodes(
                                                ChaincodeCall.newBuilder().setName("keyvalue")))),
                Query.newBuilder().setLocalPeers(LocalPeerQuery.getDefaultInstance()),
                Query.newBuilder().setChannel("elsewhere").setConfigQuery(ConfigQuery.getDefaultInstance()));
        assertThat(results).hasSize(5);
        assertThat(results.get(0).getConfigResult().getMspsMap()).containsOnlyKeys("Org1MSP", "Org2MSP", "OrdererMSP");
        assertThat(results.get(0).getConfigResult().getMspsOrThrow("Org1MSP").getTlsRootCertsList())
                .hasSize(1);
        assertThat(results.get(0)
                        .getConfigResult()
                        .getOrderersOrThrow("OrdererMSP")
                        .getEndpointList())
                .containsExactly(Endpoint.newBuilder()
                        .setHost("orderer.example.com")
                        .setPort(7050)
                        .build());

        Peer org2 = results.get(1).getMembers().getPeersByOrgOrThrow("Org2MSP").getPeers(0);
        assertThat(GossipMessage.parseFrom(org2.getMembershipInfo().getPayload())
                        .getAliveMsg()
                        .getMembership()
                        .getEndpoint())
                .isEqualTo("peer0.org2.example.com:9051");
        assertThat(GossipMessage.parseFrom(org2.getMembershipInfo().getPayload())
                        .getAliveMsg()
                        .hasTimestamp())
                .as("Fabric's own discovery client refuses messages without a time")
                .isTrue();
        assertThat(GossipMessage.parseFrom(org2.getStateInfo().getPayload())
                        .getStateInfo()
                        .hasTimestamp())
                .isTrue();
        assertThat(GossipMessage.parseFrom(org2.getStateInfo().getPayload())
                        .getStateInfo()
                        .getProperties()
                        .getChaincodesList())
                .extracting(org.hyperledger.fabric.protos.gossip.Chaincode::getName)
                .contains("keyvalue", "remittance");

        EndorsementDescriptor descriptor = results.get(2).getCcQueryRes().getContent(0);
        assertThat(descriptor.getChaincode()).isEqualTo("keyvalue");
        assertThat(descriptor.getEndorsersByGroupsMap()).hasSize(2);
        assertThat(descriptor.getLayoutsList())
                .singleElement()
                .satisfies(layout ->
                        assertThat(layout.getQuantitiesByGroupMap().values()).containsExactly(1, 1));

        assertThat(results.get(3).getError().getContent()).isEqualTo("access denied");
        assertThat(results.get(4).getError().getContent()).isEqualTo("access denied");
    }

    @Test
    void discovery_tells_strangers_nothing() throws Exception {
        SigningIdentity other = OwnKeys.identity(Peers.userMsp(2), "Org2MSP");
        Request request = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder().setClientIdentity(signer.serialized()))
                .addQueries(Query.newBuilder().setChannel(CHANNEL).setConfigQuery(ConfigQuery.getDefaultInstance()))
                .build();
        QueryResult result = DiscoveryGrpc.newBlockingStub(peer)
                .discover(SignedRequest.newBuilder()
                        .setPayload(request.toByteString())
                        .setSignature(other.sign(request.toByteString()))
                        .build())
                .getResults(0);
        assertThat(result.getError().getContent()).isEqualTo("access denied");
    }

    private List<QueryResult> discover(SigningIdentity who, Query.Builder... queries) {
        Request.Builder request =
                Request.newBuilder().setAuthentication(AuthInfo.newBuilder().setClientIdentity(who.serialized()));
        for (Query.Builder query : queries) {
            request.addQueries(query);
        }
        ByteString payload = request.build().toByteString();
        return DiscoveryGrpc.newBlockingStub(peer)
                .discover(SignedRequest.newBuilder()
                        .setPayload(payload)
                        .setSignature(who.sign(payload))
                        .build())
                .getResultsList();
    }
}
