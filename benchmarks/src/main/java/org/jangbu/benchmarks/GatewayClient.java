package org.jangbu.benchmarks;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;

/** Fabric's client for Java as it is, one connection, one thread for each request in flight, since it waits in its caller's. */
final class GatewayClient implements Client {
    private static final long DEADLINE_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ManagedChannel channel;
    private final Gateway gateway;
    private final Network network;

    /**
     * @param user a folder of an organisation as Fabric's samples have it: {@code …/users/User1@org1.example.com}
     * @param peer one of its peers: {@code …/peers/peer0.org1.example.com}, whose name its certificate has
     */
    GatewayClient(String address, String channelName, String mspId, Path user, Path peer) throws IOException {
        channel = connect(address, peer);
        try {
            gateway = Gateway.newInstance()
                    .identity(new X509Identity(
                            mspId,
                            Identities.readX509Certificate(Files.readString(only(user.resolve("msp/signcerts"))))))
                    .signer(Signers.newPrivateKeySigner(
                            Identities.readPrivateKey(Files.readString(only(user.resolve("msp/keystore"))))))
                    .hash(Hash.SHA256)
                    .connection(channel)
                    .evaluateOptions(options -> options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .endorseOptions(options -> options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .submitOptions(options -> options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .commitStatusOptions(options -> options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .connect();
        } catch (CertificateException | InvalidKeyException e) {
            throw new IOException(e);
        }
        network = gateway.getNetwork(channelName);
    }

    /** A connection to a peer, which shows a certificate of its name. */
    static ManagedChannel connect(String address, Path peer) throws IOException {
        return Grpc.newChannelBuilder(
                        address,
                        TlsChannelCredentials.newBuilder()
                                .trustManager(peer.resolve("tls/ca.crt").toFile())
                                .build())
                .overrideAuthority(String.valueOf(peer.getFileName()))
                .build();
    }

    @Override
    public CompletableFuture<Answer> call(Workload.Call call) {
        return CompletableFuture.supplyAsync(() -> wait(call), threads);
    }

    private Answer wait(Workload.Call call) {
        Contract contract = network.getContract(call.chaincode());
        String[] arguments = call.args().toArray(String[]::new);
        try {
            if (!call.submit()) {
                contract.evaluateTransaction(call.function(), arguments);
                return new Answer(true, "evaluated");
            }
            SubmittedTransaction submitted = contract.newProposal(call.function())
                    .addArguments(arguments)
                    .build()
                    .endorse()
                    .submitAsync();
            Status status = submitted.getStatus();
            return new Answer(status.isSuccessful(), status.getCode().name());
        } catch (GatewayException | GatewayRuntimeException e) {
            return new Answer(false, e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        gateway.close();
        channel.shutdownNow();
        threads.shutdown();
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow(() -> new IOException(folder + " is empty"));
        }
    }
}
