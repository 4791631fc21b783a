package org.jangbu.quickstart.network;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.consortium.ConsortiumFolder;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.OwnerOnly;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * A whole consortium in one folder: {@code organizations} holds its certificates and keys in the layout of Fabric's test network, {@code jangbu} is the
 * server's {@code jangbu.home}: an ordering organisation and two that transact, one node each, with a channel they have joined and contracts their operators
 * have installed. All of it is made at the first start, completely or not at all, and kept.
 */
public final class TrialNetwork {
    public static final String CHANNEL = "channel1";

    /** The consortium of its orderer: the organisations that transact. */
    public static final String CONSORTIUM = "TrialConsortium";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int NONCE_LENGTH = 24;

    private final Path folder;
    private final Artifacts artifacts;
    private final List<TrialContract> contracts;
    private final boolean founded;
    private final String host;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param folder gets the two folders; need not be there yet
     * @param contracts installed when the network is made
     */
    public TrialNetwork(Path folder, Artifacts artifacts, List<TrialContract> contracts) {
        this(folder, artifacts, contracts, true, LOOPBACK);
    }

    /** @param host at which nodes listen */
    TrialNetwork(Path folder, Artifacts artifacts, List<TrialContract> contracts, String host) {
        this(folder, artifacts, contracts, true, host);
    }

    private TrialNetwork(
            Path folder, Artifacts artifacts, List<TrialContract> contracts, boolean founded, String host) {
        this.host = host;
        this.folder = folder;
        this.artifacts = artifacts;
        this.contracts = List.copyOf(contracts);
        this.founded = founded;
    }

    /** A network whose organisations have founded no channel yet, and allowed no contract. */
    public static TrialNetwork withoutChannel(Path folder, Artifacts artifacts) {
        return new TrialNetwork(folder, artifacts, List.of(), false, LOOPBACK);
    }

    /** Whether the network begins with its channel, and the one in the folder did. */
    public boolean hasChannel() {
        return founded
                && Files.exists(
                        nodeFolder(TrialOrganization.ORG1).resolve("genesis").resolve(CHANNEL + ".block"));
    }

    /** {@code jangbu.home}. */
    public Path home() {
        return folder.resolve("jangbu");
    }

    /** Certificates and keys of all organisations, nodes and users. */
    public Path organizations() {
        return folder.resolve("organizations");
    }

    /** The node whose certificate the server shows. */
    public NodeName tlsNode() {
        return TrialOrganization.ORG1.node();
    }

    /** The TLS folder of that node. */
    public Path tlsFolder() {
        return nodeFolder(TrialOrganization.ORG1).resolve("tls");
    }

    private Path nodeFolder(TrialOrganization organization) {
        return home().resolve("nodes").resolve(organization.node().value());
    }

    /**
     * Tells each node who renews its certificates: the authorities of its organisation. To be called before each start, since the addresses
     * may have changed.
     *
     * @param addresses where the authorities of a port answer
     */
    public void nameAuthorities(IntFunction<URI> addresses) throws IOException {
        String shownBy = TrialOrganization.ORG1.spec().domain();
        Path root = TrialOrganization.ORG1.folder(organizations()).resolve("tlsca/tlsca." + shownBy + "-cert.pem");
        for (TrialOrganization organization : TrialOrganization.ALL) {
            Path node = nodeFolder(organization);
            Files.copy(root, node.resolve("authorities.pem"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    node.resolve("renewal.properties"),
                    TrialAuthorities.renewal(organization, addresses),
                    StandardCharsets.UTF_8);
        }
    }

    /** The first block of a channel of both organisations, as the trial's own begins. */
    public Block firstBlock(ChannelId channel) throws IOException, QuickStartException {
        try {
            ChannelProfile profile = new ChannelProfile(
                    channel,
                    Optional.of(CONSORTIUM),
                    List.of(inChannel(TrialOrganization.ORDERER)),
                    List.of(inChannel(TrialOrganization.ORG1), inChannel(TrialOrganization.ORG2)),
                    ChannelProfile.Batch.DEFAULT,
                    ChannelProfile.Consensus.JMS);
            byte[] nonce = new byte[NONCE_LENGTH];
            new SecureRandom().nextBytes(nonce);
            return GenesisBlock.of(profile, clock.instant(), ByteString.copyFrom(nonce));
        } catch (MspConfigurationException e) {
            throw new QuickStartException("The trial's organisations cannot be used: " + e.getMessage(), e);
        }
    }

    private ChannelProfile.Organization inChannel(TrialOrganization organization)
            throws IOException, MspConfigurationException {
        LocalMsp msp = LocalMsp.read(
                organization.folder(organizations()).resolve("msp"),
                organization.spec().mspId());
        return ChannelProfile.Organization.of(
                msp, List.of(new ChannelProfile.Address(organization.node().value(), organization.port())));
    }

    /**
     * Makes what is not there yet.
     *
     * @param identitiesSecret under which the server keeps users' keys
     * @param users whom the server shall keep keys for, with their passwords
     */
    public void make(String identitiesSecret, List<TrialUser> users) throws IOException, QuickStartException {
        if (!Files.exists(organizations())) {
            NetworkMaterial.generate(
                    organizations(),
                    TrialOrganization.ALL.stream().map(TrialOrganization::spec).toList(),
                    clock);
        }
        if (Files.exists(home())) {
            openPorts(home());
            return;
        }
        Path draft = folder.resolve("jangbu.new");
        Folders.delete(draft);
        try {
            new Draft(draft).write(identitiesSecret, users);
        } catch (MspConfigurationException | IdentityException | ChaincodePackageException e) {
            throw new QuickStartException("The network could not be made: " + e.getMessage(), e);
        }
        Files.move(draft, home(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives each node a gRPC port that has none; what somebody has written there stays. */
    private void openPorts(Path home) throws IOException {
        for (TrialOrganization organization : TrialOrganization.ALL) {
            Path file =
                    home.resolve("nodes").resolve(organization.node().value()).resolve("grpc.properties");
            if (!Files.exists(file)) {
                Files.writeString(file, organization.grpcProperties(host), StandardCharsets.UTF_8);
            }
        }
    }

    /** The home while it is made. */
    private final class Draft {
        private final Path home;

        Draft(Path home) {
            this.home = home;
        }

        void write(String identitiesSecret, List<TrialUser> users)
                throws IOException, QuickStartException, MspConfigurationException, IdentityException,
                        ChaincodePackageException {
            for (TrialOrganization organization : TrialOrganization.ALL) {
                writeNode(organization);
            }
            if (founded) {
                joinAll(firstBlock(new ChannelId(CHANNEL)));
            }
            openPorts(home);
            allowContracts();
            try (Stream<Path> jars = Files.list(artifacts.shimLibraries())) {
                Path lib = Files.createDirectories(home.resolve("lib/shim"));
                for (Path jar : jars.toList()) {
                    Files.copy(jar, lib.resolve(jar.getFileName()));
                }
            }
            TrialAuthorities authorities = new TrialAuthorities(organizations(), home.resolve("ca"), identitiesSecret);
            authorities.write(administratorPassword(users));
            ManagedIdentities identities = ManagedIdentities.open(home.resolve("identities"), identitiesSecret, clock);
            for (TrialUser user : users) {
                enroll(identities, user);
            }
        }

        /** The administrators of a trial share one. */
        private static String administratorPassword(List<TrialUser> users) throws QuickStartException {
            return users.stream()
                    .filter(user -> user.name().startsWith("Admin@"))
                    .findFirst()
                    .map(TrialUser::password)
                    .orElseThrow(() -> new QuickStartException("A trial network needs an administrator"));
        }

        private void allowContracts() throws IOException, QuickStartException {
            List<String> lines = new ArrayList<>(List.of("# Packages that may run inside this server."));
            for (TrialContract contract : contracts) {
                lines.add(contract.packageId(artifacts));
            }
            Path packages = home.resolve("packages");
            OwnerOnly.createDirectories(packages);
            OwnerOnly.write(
                    packages.resolve("allowed"), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private void install(Path node) throws IOException, QuickStartException, ChaincodePackageException {
            InstalledPackages installed = new InstalledPackages(node.resolve("packages"), node.resolve("work"));
            for (TrialContract contract : contracts) {
                byte[] file = Files.readAllBytes(artifacts.contractPackage(contract.packageFile()));
                installed.install(ChaincodePackage.read(file));
            }
        }

        private void writeNode(TrialOrganization organization)
                throws IOException, QuickStartException, ChaincodePackageException {
            Path node = home.resolve("nodes").resolve(organization.node().value());
            Path material = organization.nodeFolder(organizations());
            Folders.copy(material.resolve("msp"), node.resolve("msp"));
            Folders.copy(material.resolve("tls"), node.resolve("tls"));
            Files.writeString(node.resolve("node.properties"), organization.nodeProperties(), StandardCharsets.UTF_8);
            if (organization.kind() == OrganizationSpec.Kind.PEER) {
                install(node);
            } else {
                writeConsortium(node.resolve(ConsortiumFolder.FOLDER));
            }
        }

        private void joinAll(Block genesis) throws IOException {
            for (TrialOrganization organization : TrialOrganization.ALL) {
                Path node = home.resolve("nodes").resolve(organization.node().value());
                Path joined = Files.createDirectories(node.resolve("genesis"));
                Files.write(joined.resolve(CHANNEL + ".block"), genesis.toByteArray());
            }
        }

        private void writeConsortium(Path folder) throws IOException {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ConsortiumFolder.FILE), """
                    # Among whom channels are founded at this orderer, and by whom. Each folder beside this file is a member's MSP.
                    name=%s
                    channelCreationPolicy=ANY Admins
                    """.formatted(CONSORTIUM), StandardCharsets.UTF_8);
            for (TrialOrganization member : TrialOrganization.ALL) {
                if (member.kind() == OrganizationSpec.Kind.PEER) {
                    Folders.copy(
                            member.folder(organizations()).resolve("msp"),
                            folder.resolve(member.spec().mspId().value()));
                }
            }
        }

        private void enroll(ManagedIdentities identities, TrialUser user)
                throws IOException, MspConfigurationException, IdentityException {
            TrialOrganization organization = TrialOrganization.ofUser(user.name());
            String name = user.name().substring(0, user.name().indexOf('@'));
            Path msp = organization.userFolder(organizations(), name).resolve("msp");
            identities.enroll(
                    new EnrollmentId(user.name()),
                    LocalMsp.read(msp, organization.spec().mspId()),
                    user.password());
        }
    }
}
