package org.jangbu.ledger.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/**
 * The nodes below {@code jangbu.home/nodes}, one folder each, named as the node is: {@code node.properties} says what it is, {@code msp/} who
 * it is, {@code tls/} holds its TLS material, {@code genesis/<channel>.block} the first blocks of the channels it has joined or shall join,
 * {@code genesis/<channel>.removed} those of channels it has left. The folder is written by an administrator (the quick start, for one); only
 * first blocks are written here too.
 *
 * <p>A server has one such directory: whoever asks it for a node gets the one signer that the node has, so that a renewed certificate reaches all.
 */
public final class NodeDirectory {
    private static final String BLOCK_SUFFIX = ".block";
    private static final String REMOVED_SUFFIX = ".removed";
    private static final long LONGEST_GENESIS = 64L << 20;
    private static final int MOST_NODES = 1000;

    /** How many channels a node can join. */
    public static final int MOST_CHANNELS = 1000;

    private final Path nodes;
    private final KeySecrets secrets;
    private final ConcurrentHashMap<NodeName, CurrentSigner> signers = new ConcurrentHashMap<>();

    /** For nodes whose keys lie in plain text. */
    public NodeDirectory(Path home) {
        this(home, KeySecrets.NONE);
    }

    /**
     * @param home the folder {@code jangbu.home}
     * @param secrets open the nodes' keys
     */
    public NodeDirectory(Path home, KeySecrets secrets) {
        this.nodes = home.resolve("nodes");
        this.secrets = secrets;
    }

    /**
     * All nodes this server hosts, by name; none if there is no such folder.
     *
     * @throws NodeDirectoryException if one of them cannot be used; a server does not start with half of its nodes
     */
    public List<LocalNode> nodes() throws NodeDirectoryException {
        List<LocalNode> found = new ArrayList<>();
        for (Path folder : children(nodes, MOST_NODES)) {
            if (Files.isDirectory(folder)) {
                found.add(read(folder));
            }
        }
        return List.copyOf(found);
    }

    /**
     * The genesis blocks in a node's folder, by channel. Nothing is checked but that each is a block number 0.
     *
     * @throws NodeDirectoryException if a file is none, or named after no channel
     */
    public Map<ChannelId, Block> genesisBlocks(LocalNode node) throws NodeDirectoryException {
        return firstBlocks(node, BLOCK_SUFFIX);
    }

    /**
     * The first blocks of channels that a node has left, by channel.
     *
     * @throws NodeDirectoryException as for {@link #genesisBlocks}
     */
    public Map<ChannelId, Block> removedGenesisBlocks(LocalNode node) throws NodeDirectoryException {
        return firstBlocks(node, REMOVED_SUFFIX);
    }

    private static Map<ChannelId, Block> firstBlocks(LocalNode node, String suffix) throws NodeDirectoryException {
        Map<ChannelId, Block> blocks = new TreeMap<>();
        for (Path file : children(node.home().resolve("genesis"), 2 * MOST_CHANNELS)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(suffix)) {
                String channel = name.substring(0, name.length() - suffix.length());
                if (!ChannelId.isValid(channel)) {
                    throw new NodeDirectoryException(file, "the file is not named after a channel");
                }
                blocks.put(new ChannelId(channel), genesisBlock(file));
            }
        }
        return Map.copyOf(blocks);
    }

    /**
     * Keeps the first block of a channel that a node joins, durably: from then on the node joins it at every start.
     *
     * @throws NodeDirectoryException if there is one already, or it cannot be kept; then nothing is
     */
    public void keepGenesisBlock(LocalNode node, ChannelId channel, Block block) throws NodeDirectoryException {
        Path file = genesisFile(node, channel);
        if (Files.exists(file)) {
            throw new NodeDirectoryException(file, "the node has a first block of this channel");
        }
        try {
            Files.createDirectories(node.home().resolve("genesis"));
            DurableFile.write(file, block.toByteArray());
        } catch (IOException e) {
            throw new NodeDirectoryException(file, "cannot be written: " + e.getMessage(), e);
        }
    }

    /** Whether a node has the first block of a channel, be its ledger open or not. */
    public boolean hasGenesisBlock(LocalNode node, ChannelId channel) {
        return Files.exists(genesisFile(node, channel));
    }

    /**
     * Takes back what {@link #keepGenesisBlock} did, for a channel that could not be joined.
     *
     * @throws NodeDirectoryException if the file stays
     */
    public void forgetGenesisBlock(LocalNode node, ChannelId channel) throws NodeDirectoryException {
        Path file = genesisFile(node, channel);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new NodeDirectoryException(file, "cannot be removed: " + e.getMessage(), e);
        }
    }

    /**
     * Notes, durably and in one step, that a node has left a channel: it does not open its ledger any more. The ledger's files stay.
     *
     * @throws NodeDirectoryException if it has not joined the channel, or that cannot be noted
     */
    public void removeGenesisBlock(LocalNode node, ChannelId channel) throws NodeDirectoryException {
        rename(genesisFile(node, channel), removedFile(node, channel));
    }

    /**
     * Takes back what {@link #removeGenesisBlock} did, for a node that joins again.
     *
     * @throws NodeDirectoryException if it has not left the channel, or that cannot be noted
     */
    public void restoreGenesisBlock(LocalNode node, ChannelId channel) throws NodeDirectoryException {
        rename(removedFile(node, channel), genesisFile(node, channel));
    }

    private static void rename(Path from, Path to) throws NodeDirectoryException {
        try {
            DurableFile.move(from, to);
        } catch (IOException e) {
            throw new NodeDirectoryException(from, "cannot be renamed: " + e.getMessage(), e);
        }
    }

    private static Path genesisFile(LocalNode node, ChannelId channel) {
        return node.home().resolve("genesis").resolve(channel + BLOCK_SUFFIX);
    }

    private static Path removedFile(LocalNode node, ChannelId channel) {
        return node.home().resolve("genesis").resolve(channel + REMOVED_SUFFIX);
    }

    private static Block genesisBlock(Path file) throws NodeDirectoryException {
        try {
            if (Files.size(file) > LONGEST_GENESIS) {
                throw new NodeDirectoryException(file, "longer than any genesis block");
            }
            Block block = Block.parseFrom(Files.readAllBytes(file));
            if (block.getHeader().getNumber() != 0 || block.getData().getDataCount() != 1) {
                throw new NodeDirectoryException(
                        file, "not a genesis block: number 0 with one transaction is expected");
            }
            return block;
        } catch (IOException e) {
            throw new NodeDirectoryException(file, "not readable as a block: " + e.getMessage(), e);
        }
    }

    private LocalNode read(Path folder) throws NodeDirectoryException {
        NodeProperties properties = NodeProperties.read(folder.resolve("node.properties"));
        Path msp = folder.resolve("msp");
        try {
            NodeName name = new NodeName(String.valueOf(folder.getFileName()));
            return new LocalNode(
                    name,
                    properties.mspId(),
                    properties.role(),
                    properties.endorsing(),
                    properties.address(),
                    folder,
                    signer(name, LocalMsp.read(msp, properties.mspId())));
        } catch (IllegalArgumentException e) {
            throw new NodeDirectoryException(folder, e.getMessage() + "; the folder must be named as the node is", e);
        } catch (IOException | MspConfigurationException e) {
            throw new NodeDirectoryException(msp, String.valueOf(e.getMessage()), e);
        }
    }

    /** The one signer of a node, whoever asks at the same time; what lies in its folder at the first time is what it begins with. */
    private synchronized CurrentSigner signer(NodeName name, LocalMsp msp) throws IOException {
        CurrentSigner known = signers.get(name);
        if (known != null && known.mspId().equals(msp.id())) {
            return known;
        }
        CurrentSigner first = new CurrentSigner(msp.signingIdentity(secrets));
        signers.put(name, first);
        return first;
    }

    private static List<Path> children(Path folder, int most) throws NodeDirectoryException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> found = children.limit(most + 1L).sorted().toList();
            if (found.size() > most) {
                throw new NodeDirectoryException(folder, "more than " + most + " entries");
            }
            return found;
        } catch (IOException e) {
            throw new NodeDirectoryException(folder, "cannot be listed: " + e.getMessage(), e);
        }
    }
}
