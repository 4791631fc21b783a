package org.jangbu.tests.spread;

import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.ChaincodeQuery;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.tests.network.OwnKeys;

/** Fabric's own client for Java, for a user of an organisation at that organisation's peer. */
final class PeerClient implements AutoCloseable {
    private final ManagedChannel connection;
    private final SigningIdentity signer;
    private final Gateway gateway;
    private final String channel;
    private final ByteString tlsHash;

    PeerClient(SpreadServer server, SpreadOrganization organization, Path material, String channel) throws Exception {
        this.channel = channel;
        Path tls = organization.userTls(material, "User1");
        this.tlsHash = Sha256.of(
                CertificateReader.encoded(CertificateReader.only(Files.readAllBytes(tls.resolve("client.crt")))));
        this.connection = Grpc.newChannelBuilder(
                        "localhost:" + server.grpcPort(organization),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(organization.tlsRoot(material).toFile())
                                .keyManager(
                                        tls.resolve("client.crt").toFile(),
                                        tls.resolve("client.key").toFile())
                                .build())
                .overrideAuthority(organization.node())
                .build();
        Path user = organization.userMsp(material, "User1");
        this.signer = OwnKeys.identity(user, organization.mspId());
        this.gateway = Gateway.newInstance()
                .identity(new X509Identity(
                        organization.mspId(), Identities.readX509Certificate(only(user.resolve("signcerts")))))
                .signer(Signers.newPrivateKeySigner(Identities.readPrivateKey(only(user.resolve("keystore")))))
                .hash(Hash.SHA256)
                .connection(connection)
                .connect();
    }

    private static String only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readString(files.findFirst().orElseThrow(), StandardCharsets.US_ASCII);
        }
    }

    Contract contract(String name) {
        return gateway.getNetwork(channel).getContract(name);
    }

    /** Height and hashes, as the peer of this door has them. */
    BlockchainInfo info() throws GatewayException, IOException {
        return BlockchainInfo.parseFrom(contract("qscc").evaluateTransaction("GetChainInfo", channel));
    }

    /** All blocks that the peer has, its verdicts and commit hashes among their metadata. */
    List<Block> chain() throws GatewayException, IOException {
        List<Block> blocks = new ArrayList<>();
        long height = info().getHeight();
        for (long number = 0; number < height; number++) {
            blocks.add(Block.parseFrom(
                    contract("qscc").evaluateTransaction("GetBlockByNumber", channel, Long.toString(number))));
        }
        return blocks;
    }

    /** What discovery tells of the channel's peers and of those who endorse a contract. */
    List<QueryResult> discover(String chaincode) {
        ByteString request = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder()
                        .setClientIdentity(signer.serialized())
                        .setClientTlsCertHash(tlsHash))
                .addQueries(
                        Query.newBuilder().setChannel(channel).setPeerQuery(PeerMembershipQuery.getDefaultInstance()))
                .addQueries(Query.newBuilder()
                        .setChannel(channel)
                        .setCcQuery(ChaincodeQuery.newBuilder()
                                .addInterests(ChaincodeInterest.newBuilder()
                                        .addChaincodes(
                                                ChaincodeCall.newBuilder().setName(chaincode)))))
                .build()
                .toByteString();
        return DiscoveryGrpc.newBlockingStub(connection)
                .discover(SignedRequest.newBuilder()
                        .setPayload(request)
                        .setSignature(signer.sign(request))
                        .build())
                .getResultsList();
    }

    @Override
    public void close() {
        gateway.close();
        connection.shutdownNow();
    }
}
