package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.Gateway;

/** A peer's gateway behind a real connection, with its ledgers open or not, and the calls that Fabric's clients make. */
final class GatewayConnection {
    static final String CHANNEL = "mychannel";

    private final SigningIdentity user = StandInPeer.user(1);
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Server server;
    private final ManagedChannel channel;
    private final GatewayGrpc.GatewayBlockingStub stub;

    /** Where the peer's door is while its ledgers are open. */
    Optional<StandInPeer> door = Optional.of(new StandInPeer());

    GatewayConnection(Gateway core) throws Exception {
        PeerPlace place = new PeerPlace(
                new NodeName("peer0.org1.example.com"),
                new MspId("Org1MSP"),
                node -> node + ":7051",
                () -> door.map(peer -> peer));
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new GatewayService(place, core, executor));
        new CallGuard(100, 64 << 20).on(builder);
        server = builder.build().start();
        channel = NettyChannelBuilder.forAddress(server.getListenSockets().get(0))
                .usePlaintext()
                .build();
        stub = GatewayGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    GatewayGrpc.GatewayBlockingStub stub() {
        return stub;
    }

    void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        executor.shutdownNow();
    }

    private SignedProposal proposal() {
        return new Proposals(Clock.systemUTC(), new SecureRandom())
                .sign(
                        user,
                        new ChannelId(CHANNEL),
                        new ChaincodeName("basic"),
                        new Invocation(ByteString.copyFromUtf8("put"), List.of(), Map.of()))
                .proposal();
    }

    void evaluate() {
        stub.evaluate(
                EvaluateRequest.newBuilder().setProposedTransaction(proposal()).build());
    }

    void endorse(String... organizations) {
        stub.endorse(EndorseRequest.newBuilder()
                .setProposedTransaction(proposal())
                .addAllEndorsingOrganizations(List.of(organizations))
                .build());
    }

    void submit() {
        stub.submit(SubmitRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setPreparedTransaction(Envelope.newBuilder().setSignature(ByteString.copyFromUtf8("a signature")))
                .build());
    }

    SignedCommitStatusRequest commitStatus(CommitStatusRequest.Builder request) {
        ByteString bytes = request.build().toByteString();
        return SignedCommitStatusRequest.newBuilder()
                .setRequest(bytes)
                .setSignature(user.sign(bytes))
                .build();
    }

    CommitStatusRequest.Builder ofCommit() {
        return CommitStatusRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setTransactionId("00")
                .setIdentity(user.serialized());
    }

    void events(SeekPosition position) {
        ByteString bytes = ChaincodeEventsRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setChaincodeId("basic")
                .setIdentity(user.serialized())
                .setStartPosition(position)
                .build()
                .toByteString();
        events(SignedChaincodeEventsRequest.newBuilder()
                .setRequest(bytes)
                .setSignature(user.sign(bytes))
                .build());
    }

    void events(SignedChaincodeEventsRequest request) {
        stub.chaincodeEvents(request).forEachRemaining(event -> {});
    }
}
