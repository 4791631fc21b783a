package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeValidationInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.ParsedBlock;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.CollectionMembers;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/** A peer of the recorded Fabric network: its keys, its channel, chaincode {@code basic} defined at sequence 1, and contracts that a test supplies. */
public final class TestPeer implements Chaincodes {
    public static final String CHANNEL = "mychannel";
    public static final String CHAINCODE = "basic";

    /** Within the validity of the recorded certificates. */
    public static final Instant NOW =
            FabricVectors.user(1).certificate().getNotBefore().toInstant().plusSeconds(3_600);

    private static final ChannelConfig CONFIG = config();

    private final MemoryLedger ledger;
    private final Map<String, ChaincodeRuntime> contracts = new ConcurrentHashMap<>();
    private final Map<String, SystemChaincode> systemChaincodes = new HashMap<>();
    private final PeerResources resources;
    private SimulationLimits limits = SimulationLimits.DEFAULT;
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private RevocationSource revocations = RevocationSource.NONE;
    private PeerMetrics metrics = PeerMetrics.NONE;
    private final Map<String, JoinedChannel> joined = new ConcurrentHashMap<>();
    private volatile ChannelConfig configuration = CONFIG;

    public TestPeer(int organization) {
        this(organization, FabricVectors.peer(organization), true);
    }

    public TestPeer(int organization, SigningIdentity signer, boolean endorsing) {
        this(organization, signer, endorsing, 5);
    }

    /** A peer whose ledger ends with that recorded block; the fifth defines the chaincode. */
    public static TestPeer upTo(int organization, int lastBlock) {
        return new TestPeer(organization, FabricVectors.peer(organization), true, lastBlock);
    }

    private TestPeer(int organization, SigningIdentity signer, boolean endorsing, int lastBlock) {
        String name = "peer0.org" + organization + ".example.com";
        MspId msp = organization == 1 ? FabricVectors.ORG1 : FabricVectors.ORG2;
        this.ledger = join(name, msp, CHANNEL, lastBlock);
        LocalNode node = new LocalNode(
                new NodeName(name), msp, LocalNode.Role.PEER, endorsing, name + ":7051", Path.of(name), signer);
        this.resources = new PeerResources(
                node,
                ChannelMembership.of(FabricVectors.msp(msp).msp()),
                channel -> Optional.ofNullable(joined.get(channel)),
                new Definitions(),
                this,
                systemChaincodes);
    }

    private MemoryLedger join(String name, MspId msp, String channel, int lastBlock) {
        MemoryLedger made = new MemoryLedger(name, channel).memberBy(new CollectionMembers(msp));
        for (int number = 0; number <= lastBlock; number++) {
            ParsedBlock block = ParsedBlock.parse(FabricVectors.block(number));
            List<TxValidationCode> codes = IntStream.range(
                            0, block.transactions().size())
                    .mapToObj(i -> TxValidationCode.VALID)
                    .toList();
            made.append(block.block(), codes);
        }
        joined.put(channel, new JoinedChannel(made, () -> configuration));
        return made;
    }

    /** Has it join another channel, on which the same chaincode is defined. */
    MemoryLedger joins(String channel) {
        LocalNode node = resources.node();
        return join(node.name().value(), node.mspId(), channel, 5);
    }

    public static ChannelConfig channelConfig() {
        return CONFIG;
    }

    /** What a configuration block does. */
    public TestPeer configured(ChannelConfig other) {
        configuration = other;
        return this;
    }

    public MemoryLedger ledger() {
        return ledger;
    }

    public PeerResources resources() {
        return resources;
    }

    /** Runs the chaincode as this contract. */
    public TestPeer runs(String chaincode, Contract contract) {
        contracts.put(chaincode, contract);
        return this;
    }

    /** A definition in its ledger, with default policy and no collections. */
    public TestPeer defines(String name, long sequence, String version, boolean initRequired) {
        ChaincodeName chaincode = new ChaincodeName(name);
        Map<String, StateData> fields = Map.of(
                LifecycleKeys.SEQUENCE,
                StateData.newBuilder().setInt64(sequence).build(),
                LifecycleKeys.ENDORSEMENT_INFO,
                data(ChaincodeEndorsementInfo.newBuilder()
                        .setVersion(version)
                        .setInitRequired(initRequired)
                        .setEndorsementPlugin(ChaincodeDefinition.ESCC)
                        .build()),
                LifecycleKeys.VALIDATION_INFO,
                data(ChaincodeValidationInfo.newBuilder()
                        .setValidationPlugin(ChaincodeDefinition.VSCC)
                        .build()),
                LifecycleKeys.COLLECTIONS,
                data(CollectionConfigPackage.getDefaultInstance()));
        Map<StateKey, ByteString> entries = new HashMap<>();
        fields.forEach((field, value) -> entries.put(LifecycleKeys.field(chaincode, field), value.toByteString()));
        entries.put(
                LifecycleKeys.metadata(chaincode),
                StateMetadata.newBuilder()
                        .setDatatype(LifecycleKeys.DEFINITION_TYPE)
                        .addAllFields(fields.keySet())
                        .build()
                        .toByteString());
        ledger.put(entries);
        return this;
    }

    private static StateData data(MessageLite field) {
        return StateData.newBuilder().setBytes(field.toByteString()).build();
    }

    public TestPeer system(SystemChaincode chaincode) {
        systemChaincodes.put(chaincode.name(), chaincode);
        return this;
    }

    public TestPeer with(SimulationLimits other) {
        limits = other;
        return this;
    }

    /** What its server knows of revocations beside the channel's configuration. */
    public TestPeer knowing(RevocationSource source) {
        revocations = source;
        return this;
    }

    public TestPeer countedBy(PeerMetrics counter) {
        metrics = counter;
        return this;
    }

    public TestPeer at(Instant time) {
        clock = Clock.fixed(time, ZoneOffset.UTC);
        return this;
    }

    public Endorser endorser() {
        return new Endorser(
                resources,
                new Endorser.Settings(
                        Endorser.Settings.DEFAULT.timeWindow(), Endorser.Settings.DEFAULT.maxProposalBytes(), limits),
                clock,
                revocations,
                metrics);
    }

    @Override
    public ChaincodeRuntime runtime(ChannelId channel, ChaincodeDefinition definition)
            throws ChaincodeUnavailableException {
        ChaincodeRuntime runtime = contracts.get(definition.name().value());
        if (runtime == null) {
            throw new ChaincodeUnavailableException(
                    "chaincode definition for '" + definition.name() + "' exists, but chaincode is not installed");
        }
        return runtime;
    }

    @Override
    public boolean has(ChannelId channel, ChaincodeDefinition definition) {
        return contracts.containsKey(definition.name().value());
    }

    /** All arguments as bytes. */
    public static List<ByteString> args(String... args) {
        List<ByteString> bytes = new ArrayList<>();
        for (String arg : args) {
            bytes.add(ByteString.copyFromUtf8(arg));
        }
        return bytes;
    }

    private static ChannelConfig config() {
        try {
            return ChannelConfigReader.read(FabricVectors.block(2));
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
