package org.jangbu.ledger.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/**
 * The nodes below {@code jangbu.home/nodes}, one folder each, named as the node is: {@code node.properties} says what it is, {@code msp/} who
 * it is, {@code tls/} holds its TLS material, {@code genesis/<channel>.block} the first blocks of the channels it shall join. The folder is
 * written by an administrator (the quick start, for one) and only read here.
 */
public final class NodeDirectory {
    private static final String BLOCK_SUFFIX = ".block";
    private static final long LONGEST_GENESIS = 64L << 20;
    private static final int MOST_NODES = 1000;

    private final Path nodes;
    private final KeySecrets secrets;

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
        for (Path folder : children(nodes)) {
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
        Map<ChannelId, Block> blocks = new TreeMap<>();
        for (Path file : children(node.home().resolve("genesis"))) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(BLOCK_SUFFIX)) {
                String channel = name.substring(0, name.length() - BLOCK_SUFFIX.length());
                if (!ChannelId.isValid(channel)) {
                    throw new NodeDirectoryException(file, "the file is not named after a channel");
                }
                blocks.put(new ChannelId(channel), genesisBlock(file));
            }
        }
        return Map.copyOf(blocks);
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
            return new LocalNode(
                    new NodeName(String.valueOf(folder.getFileName())),
                    properties.mspId(),
                    properties.role(),
                    properties.endorsing(),
                    properties.address(),
                    folder,
                    LocalMsp.read(msp, properties.mspId()).signingIdentity(secrets));
        } catch (IllegalArgumentException e) {
            throw new NodeDirectoryException(folder, e.getMessage() + "; the folder must be named as the node is", e);
        } catch (IOException | MspConfigurationException e) {
            throw new NodeDirectoryException(msp, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Path> children(Path folder) throws NodeDirectoryException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().limit(MOST_NODES).toList();
        } catch (IOException e) {
            throw new NodeDirectoryException(folder, "cannot be listed: " + e.getMessage(), e);
        }
    }
}
