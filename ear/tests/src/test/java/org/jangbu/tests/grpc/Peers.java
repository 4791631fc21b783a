package org.jangbu.tests.grpc;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signer;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.jangbu.tests.server.TrialServer;

/** Connections to the trial's peers, made from its folder of certificates as Fabric's samples make them. */
final class Peers {
    private Peers() {}

    private static Path organization(int number) {
        return TrialServer.installation()
                .network()
                .organizations()
                .resolve("peerOrganizations/org" + number + ".example.com");
    }

    /** The root of an organisation's TLS certificates. */
    static Path tlsRoot(int organization) {
        return organization(organization).resolve("peers/peer0.org" + organization + ".example.com/tls/ca.crt");
    }

    static String address(int organization) {
        return TrialServer.installation().server().grpc(organization == 1 ? 7051 : 9051);
    }

    static ManagedChannel connect(int organization) throws IOException {
        return builder(organization).build();
    }

    static ManagedChannelBuilder<?> builder(int organization) throws IOException {
        return Grpc.newChannelBuilder(
                        address(organization),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(tlsRoot(organization).toFile())
                                .build())
                .overrideAuthority("peer0.org" + organization + ".example.com");
    }

    /** What a client does to leave. */
    static void close(ManagedChannel channel) throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    static Path userMsp(int organization) {
        return organization(organization).resolve("users/User1@org" + organization + ".example.com/msp");
    }

    static X509Identity identity(int organization) throws IOException {
        try {
            return new X509Identity(
                    "Org" + organization + "MSP",
                    Identities.readX509Certificate(
                            Files.readString(only(userMsp(organization).resolve("signcerts")))));
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    static Signer signer(int organization) throws IOException {
        try {
            return Signers.newPrivateKeySigner(Identities.readPrivateKey(
                    Files.readString(only(userMsp(organization).resolve("keystore")), StandardCharsets.US_ASCII)));
        } catch (InvalidKeyException e) {
            throw new IOException(e);
        }
    }

    /** Fabric's client for the user of an organisation. */
    static Gateway.Builder client(int organization, ManagedChannel channel) throws IOException {
        return Gateway.newInstance()
                .identity(identity(organization))
                .signer(signer(organization))
                .hash(Hash.SHA256)
                .connection(channel);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }
}
