package org.jangbu.ordering.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.consortium.ConsortiumException;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.testing.TestAuthority;
import org.jangbu.ordering.participation.OrdererNode;

/** A network of one ordering and one transacting organisation, with real keys, certificates and signatures. */
public final class TrialNetwork {
    public static final ChannelId CHANNEL = new ChannelId("channel1");

    private static final MspId ORDERER = new MspId("OrdererMSP");
    private static final MspId ORG1 = new MspId("Org1MSP");

    private final Path organizations;
    private final Path home;
    private final SecureRandom random = new SecureRandom();
    private final SigningIdentity user;

    /** Makes the material below {@code folder}. */
    public TrialNetwork(Path folder) {
        this.organizations = folder.resolve("organizations");
        this.home = folder.resolve("home");
        try {
            NetworkMaterial.generate(
                    organizations,
                    List.of(
                            new OrganizationSpec(
                                    OrganizationSpec.Kind.ORDERER,
                                    ORDERER,
                                    "example.com",
                                    List.of(new NodeName("orderer.example.com"), new NodeName("orderer2.example.com")),
                                    List.of()),
                            new OrganizationSpec(
                                    OrganizationSpec.Kind.PEER,
                                    ORG1,
                                    "org1.example.com",
                                    List.of(new NodeName("peer0.org1.example.com")),
                                    List.of("User1"))),
                    Clock.systemUTC());
            this.user = signer("peerOrganizations/org1.example.com/users/User1@org1.example.com/msp", ORG1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first block of a channel; blocks of at most {@code most} transactions. */
    public Block genesis(ChannelId channel, int most) {
        return genesis(channel, most, Duration.ofMillis(200));
    }

    /** The same with another BatchTimeout. */
    public Block genesis(ChannelId channel, int most, Duration timeout) {
        ChannelProfile profile = new ChannelProfile(
                channel,
                List.of(organization("ordererOrganizations/example.com/msp", ORDERER)),
                List.of(organization("peerOrganizations/org1.example.com/msp", ORG1)),
                new ChannelProfile.Batch(most, 1 << 20, 1 << 19, timeout),
                ChannelProfile.Consensus.JMS);
        return GenesisBlock.of(
                profile, Instant.parse("2026-11-22T00:00:00Z"), ByteString.copyFromUtf8("twenty-four random bytes"));
    }

    /** An orderer of the network, {@code orderer} or {@code orderer2}. */
    public LocalNode orderer(String name) {
        String host = name + ".example.com";
        return new LocalNode(
                new NodeName(host),
                ORDERER,
                LocalNode.Role.ORDERER,
                false,
                host + ":7050",
                home.resolve(host),
                signer("ordererOrganizations/example.com/orderers/" + host + "/msp", ORDERER));
    }

    /** The same, with what decides who may have it join which channels. */
    public OrdererNode participant(String name, Optional<Consortium> consortium) {
        String host = name + ".example.com";
        LocalMsp msp = local("ordererOrganizations/example.com/orderers/" + host + "/msp", ORDERER);
        return new OrdererNode(orderer(name), msp, ChannelMembership.of(msp.msp()), consortium);
    }

    /** A consortium of Org1 alone. */
    public Consortium consortium(String name, String creationPolicy) throws ConsortiumException {
        return Consortium.of(
                name,
                List.of(local("peerOrganizations/org1.example.com/msp", ORG1).channelConfig()),
                new Consortium.Rules(creationPolicy, Consortium.Rules.DEFAULT.admission()));
    }

    /** A consortium of the ordering organisation alone. */
    public Consortium consortiumOfOthers(String name) throws ConsortiumException {
        return Consortium.of(
                name,
                List.of(local("ordererOrganizations/example.com/msp", ORDERER).channelConfig()),
                Consortium.Rules.DEFAULT);
    }

    /** What makes the first block of a channel of these two organisations. */
    public ChannelProfile profile(ChannelId channel, Optional<String> consortium) {
        return new ChannelProfile(
                channel,
                consortium,
                List.of(organization("ordererOrganizations/example.com/msp", ORDERER)),
                List.of(organization("peerOrganizations/org1.example.com/msp", ORG1)),
                ChannelProfile.Batch.DEFAULT,
                ChannelProfile.Consensus.JMS);
    }

    /** An organisation of the network, as a channel shall know it. */
    public ChannelProfile.Organization organization(MspId id) {
        return id.equals(ORDERER)
                ? organization("ordererOrganizations/example.com/msp", ORDERER)
                : organization("peerOrganizations/org1.example.com/msp", ORG1);
    }

    /** A client of Org1, who may write. */
    public SigningIdentity user() {
        return user;
    }

    /** A peer of Org1: a member who may read and endorse, but not write. */
    public SigningIdentity peer() {
        String host = "peer0.org1.example.com";
        return signer("peerOrganizations/org1.example.com/peers/" + host + "/msp", ORG1);
    }

    /** A list of Org1's CA on which only this one stands. */
    public X509CRL revocation(SigningIdentity revoked) throws Exception {
        return TestAuthority.of(organizations.resolve("peerOrganizations/org1.example.com/ca"))
                .revoke(revoked.certificate());
    }

    /** A signed envelope of a fresh transaction of the user. */
    public ByteString envelope(ChannelId channel, String text) {
        return envelope(channel, text, HeaderType.ENDORSER_TRANSACTION_VALUE, user);
    }

    /** An administrator of Org1. */
    public SigningIdentity admin() {
        return signer("peerOrganizations/org1.example.com/users/Admin@org1.example.com/msp", ORG1);
    }

    /** An administrator of the organisation that orders. */
    public SigningIdentity ordererAdmin() {
        return signer("ordererOrganizations/example.com/users/Admin@example.com/msp", ORDERER);
    }

    /** An update of a channel's configuration, signed and sent by the same. */
    public ByteString update(ConfigUpdate update, SigningIdentity signer) {
        return update(update, signer, signer);
    }

    /** The same, sent by another. */
    public ByteString update(ConfigUpdate update, SigningIdentity signer, SigningIdentity sender) {
        ByteString header = SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(ByteString.copyFromUtf8("some nonce"))
                .build()
                .toByteString();
        ByteString bytes = update.toByteString();
        ConfigUpdateEnvelope content = ConfigUpdateEnvelope.newBuilder()
                .setConfigUpdate(bytes)
                .addSignatures(ConfigSignature.newBuilder()
                        .setSignatureHeader(header)
                        .setSignature(signer.sign(header, bytes)))
                .build();
        return envelope(
                new ChannelId(update.getChannelId()), content.toByteString(), HeaderType.CONFIG_UPDATE_VALUE, sender);
    }

    public ByteString envelope(ChannelId channel, String text, int type, SigningIdentity creator) {
        return envelope(channel, ByteString.copyFromUtf8(text), type, creator);
    }

    private ByteString envelope(ChannelId channel, ByteString data, int type, SigningIdentity creator) {
        byte[] nonce = new byte[24];
        random.nextBytes(nonce);
        ByteString nonceBytes = ByteString.copyFrom(nonce);
        Instant now = Instant.now();
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type)
                .setChannelId(channel.value())
                .setTxId(TxId.of(nonceBytes, creator.serialized()).value())
                .setTimestamp(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .build();
        SignatureHeader signatureHeader = SignatureHeader.newBuilder()
                .setCreator(creator.serialized())
                .setNonce(nonceBytes)
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(signatureHeader.toByteString()))
                .setData(data)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(creator.sign(payload))
                .build()
                .toByteString();
    }

    private ChannelProfile.Organization organization(String msp, MspId id) {
        return ChannelProfile.Organization.of(local(msp, id), List.of());
    }

    private SigningIdentity signer(String msp, MspId id) {
        try {
            return local(msp, id).signingIdentity();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocalMsp local(String msp, MspId id) {
        try {
            return LocalMsp.read(organizations.resolve(msp), id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MspConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
