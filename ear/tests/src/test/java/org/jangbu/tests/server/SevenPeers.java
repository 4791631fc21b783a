package org.jangbu.tests.server;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.cryptogen.AuthoritySpec;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.NodeSpec;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.Secrets;
import org.jangbu.quickstart.network.TrialUser;

/**
 * Seven more peers in the tests' server, p1 to p7 of three organisations of their own, on a channel of their own. By their own settings none
 * endorses; the channel's first block says that all do.
 */
public final class SevenPeers {
    public static final ChannelId CHANNEL = new ChannelId("seven");
    public static final int COUNT = 7;

    /** Their certificates and keys, beside those of the others. */
    static final String FOLDER = "seven";

    private static final int NONCE_LENGTH = 24;
    private static final int PORT = 7050;
    private static final MspId ORDERER = new MspId("OrdererMSP");

    private SevenPeers() {}

    /** An organisation and the numbers of its first and its last peer; the first of them leads and is its anchor. */
    public enum Owner {
        ALPHA("alpha", 1, 3),
        BETA("beta", 4, 5),
        GAMMA("gamma", 6, 7);

        private final String name;
        private final int first;
        private final int last;

        Owner(String name, int first, int last) {
            this.name = name;
            this.first = first;
            this.last = last;
        }

        /** Its MSP, and its group in the configuration. */
        public MspId mspId() {
            return new MspId(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "MSP");
        }

        String domain() {
            return name + ".seven";
        }

        /** Its administrator, for whom the server keeps the key. */
        public TrialUser administrator() {
            return new TrialUser("Admin@" + domain(), name + "pw");
        }

        /** The MSP folder of one of its users, {@code Admin} or {@code User1}. */
        public Path user(String user) {
            return spec().userFolder(material(), user).resolve("msp");
        }

        List<NodeName> nodes() {
            return IntStream.rangeClosed(first, last).mapToObj(SevenPeers::node).toList();
        }

        OrganizationSpec spec() {
            return new OrganizationSpec(
                    OrganizationSpec.Kind.PEER,
                    mspId(),
                    domain(),
                    AuthoritySpec.USUAL,
                    nodes().stream().map(NodeSpec::of).toList(),
                    List.of("User1"),
                    true,
                    true);
        }
    }

    /** The name of a peer by its number. */
    public static NodeName node(int number) {
        return new NodeName("p" + number);
    }

    /** All numbers. */
    public static List<Integer> numbers() {
        return IntStream.rangeClosed(1, COUNT).boxed().toList();
    }

    /** Whose a peer is. */
    public static Owner owner(int number) {
        return Arrays.stream(Owner.values())
                .filter(owner -> owner.first <= number && number <= owner.last)
                .findFirst()
                .orElseThrow();
    }

    private static Path material() {
        return TrialServer.folder().resolve(FOLDER);
    }

    /** Adds their folders to a home that no server uses yet. */
    static void addTo(Installation installation) throws Exception {
        List<OrganizationSpec> specs =
                Arrays.stream(Owner.values()).map(Owner::spec).toList();
        NetworkMaterial.generate(material(), specs, Clock.systemUTC());
        Path home = installation.network().home();
        Block genesis = genesis(installation);
        for (int number : numbers()) {
            writePeer(home.resolve("nodes"), number, genesis);
        }
        join(home.resolve("nodes").resolve("orderer.example.com"), genesis);
        String secret =
                Secrets.in(TrialServer.folder().resolve("secrets.properties")).get("identities.secret");
        ManagedIdentities identities = ManagedIdentities.open(home.resolve("identities"), secret, Clock.systemUTC());
        for (Owner owner : Owner.values()) {
            TrialUser administrator = owner.administrator();
            identities.enroll(
                    new EnrollmentId(administrator.name()),
                    LocalMsp.read(owner.user("Admin"), owner.mspId()),
                    administrator.password());
        }
    }

    private static Block genesis(Installation installation) throws IOException, MspConfigurationException {
        LocalMsp orderer = LocalMsp.read(
                installation.network().organizations().resolve("ordererOrganizations/example.com/msp"), ORDERER);
        List<ChannelProfile.Organization> peers = new ArrayList<>();
        for (Owner owner : Owner.values()) {
            NodeName first = node(owner.first);
            LocalMsp msp = LocalMsp.read(owner.spec().folder(material()).resolve("msp"), owner.mspId());
            peers.add(ChannelProfile.Organization.of(msp, List.of(new ChannelProfile.Address(first.value(), PORT)))
                    .with(new ChannelProfile.Roles(
                            Optional.of(Set.copyOf(owner.nodes())), Optional.of(Set.of(first)))));
        }
        byte[] nonce = new byte[NONCE_LENGTH];
        new SecureRandom().nextBytes(nonce);
        return GenesisBlock.of(
                new ChannelProfile(
                        CHANNEL,
                        List.of(ChannelProfile.Organization.of(
                                orderer, List.of(new ChannelProfile.Address("orderer.example.com", PORT)))),
                        peers,
                        ChannelProfile.Batch.DEFAULT,
                        ChannelProfile.Consensus.JMS),
                Clock.systemUTC().instant(),
                ByteString.copyFrom(nonce));
    }

    private static void writePeer(Path nodes, int number, Block genesis) throws Exception {
        Owner owner = owner(number);
        Path node = nodes.resolve(node(number).value());
        Path made = owner.spec().nodeFolder(material(), node(number));
        Folders.copy(made.resolve("msp"), node.resolve("msp"));
        Folders.copy(made.resolve("tls"), node.resolve("tls"));
        Files.writeString(
                node.resolve("node.properties"),
                "role=peer\nmspId=" + owner.mspId() + "\nendorsing=false\naddress=" + node(number) + ":" + PORT + "\n",
                StandardCharsets.UTF_8);
        join(node, genesis);
        byte[] contract = Files.readAllBytes(Artifacts.ofThisBuild().contractPackage(TrialServer.PROBE.packageFile()));
        new InstalledPackages(node.resolve("packages"), node.resolve("work")).install(ChaincodePackage.read(contract));
    }

    private static void join(Path node, Block genesis) throws IOException {
        Files.write(
                Files.createDirectories(node.resolve("genesis")).resolve(CHANNEL + ".block"), genesis.toByteArray());
    }
}
