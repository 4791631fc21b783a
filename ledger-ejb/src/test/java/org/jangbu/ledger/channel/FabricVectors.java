package org.jangbu.ledger.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.testing.TestAuthority;

/** Blocks and throw-away keys of a real Fabric network (see the README beside them). */
public final class FabricVectors {
    public static final MspId ORG1 = new MspId("Org1MSP");
    public static final MspId ORG2 = new MspId("Org2MSP");
    public static final MspId ORDERER = new MspId("OrdererMSP");

    private FabricVectors() {}

    /** Block {@code number} of channel {@code mychannel}, 0 to 10, as a peer serves it. */
    public static Block block(int number) {
        return read(number + ".block");
    }

    /** The genesis block as the orderer was given it. */
    public static Block genesis() {
        return read("genesis.block");
    }

    /** All blocks of the channel. */
    public static List<Block> chain() {
        return IntStream.rangeClosed(0, 10).mapToObj(FabricVectors::block).toList();
    }

    public static SigningIdentity peer(int organization) {
        String domain = "org" + organization + ".example.com";
        return signer("peerOrganizations/" + domain + "/peers/peer0." + domain, organization);
    }

    public static SigningIdentity user(int organization) {
        String domain = "org" + organization + ".example.com";
        return signer("peerOrganizations/" + domain + "/users/User1@" + domain, organization);
    }

    public static SigningIdentity admin(int organization) {
        String domain = "org" + organization + ".example.com";
        return signer("peerOrganizations/" + domain + "/users/Admin@" + domain, organization);
    }

    public static SigningIdentity orderer() {
        return signing(folder("ordererOrganizations/example.com/orderers/orderer.example.com/msp"), ORDERER);
    }

    public static SigningIdentity ordererAdmin() {
        return signing(folder("ordererOrganizations/example.com/users/Admin@example.com/msp"), ORDERER);
    }

    /** An organisation's own MSP folder. */
    public static LocalMsp msp(MspId id) {
        String folder = id.equals(ORDERER)
                ? "ordererOrganizations/example.com/msp"
                : "peerOrganizations/" + (id.equals(ORG1) ? "org1" : "org2") + ".example.com/msp";
        return local(folder(folder), id);
    }

    /** A list of Org1's CA on which only this one stands. */
    public static X509CRL revocation(SigningIdentity revoked) {
        return revocation(1, TestAuthority.BEGINNING, revoked);
    }

    /** A list of an organisation's CA, made at that time. */
    public static X509CRL revocation(int organization, Instant at, SigningIdentity... revoked) {
        try {
            return TestAuthority.of(folder("peerOrganizations/org" + organization + ".example.com/ca"))
                    .revokeAt(
                            at,
                            Stream.of(revoked).map(SigningIdentity::certificate).toArray(X509Certificate[]::new));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of the configuration update that Fabric's own tool computed. */
    public static byte[] updateFile(String name) {
        try {
            return Files.readAllBytes(resource("update/" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder below {@code crypto}. */
    public static Path folder(String path) {
        return resource("crypto/" + path);
    }

    private static SigningIdentity signer(String path, int organization) {
        return signing(folder(path + "/msp"), organization == 1 ? ORG1 : ORG2);
    }

    private static SigningIdentity signing(Path folder, MspId id) {
        try {
            return local(folder, id).signingIdentity();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalMsp local(Path folder, MspId id) {
        try {
            return LocalMsp.read(folder, id);
        } catch (IOException | MspConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Block read(String name) {
        try {
            return Block.parseFrom(Files.readAllBytes(resource(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String name) {
        URL url = Objects.requireNonNull(FabricVectors.class.getResource("/fabric-vectors/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
