package org.jangbu.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDirectoryTest {
    private static final String PEER =
            "role=peer\nmspId=Org1MSP\nendorsing=true\naddress=peer0.org1.example.com:7051\n";

    @TempDir
    private Path home;

    @Test
    void finds_the_nodes_and_who_they_are() throws IOException, NodeDirectoryException {
        node("peer0.org1.example.com", PEER, "peerOrganizations/org1.example.com/peers/peer0.org1.example.com");
        node(
                "orderer.example.com",
                "role=orderer\nmspId=OrdererMSP\naddress=localhost:7050\n",
                "ordererOrganizations/example.com/orderers/orderer.example.com");

        List<LocalNode> nodes = new NodeDirectory(home).nodes();

        assertThat(nodes)
                .extracting(LocalNode::name)
                .containsExactly(new NodeName("orderer.example.com"), new NodeName("peer0.org1.example.com"));
        LocalNode peer = nodes.get(1);
        assertThat(peer.role()).isEqualTo(LocalNode.Role.PEER);
        assertThat(peer.endorsing()).isTrue();
        assertThat(peer.mspId()).isEqualTo(FabricVectors.ORG1);
        assertThat(peer.address()).isEqualTo("peer0.org1.example.com:7051");
        assertThat(peer.signer().current().serialized())
                .isEqualTo(FabricVectors.peer(1).serialized());
        assertThat(nodes.get(0).role()).isEqualTo(LocalNode.Role.ORDERER);
    }

    @Test
    void finds_the_first_blocks_of_the_channels_a_node_shall_join() throws IOException, NodeDirectoryException {
        Path folder =
                node("peer0.org1.example.com", PEER, "peerOrganizations/org1.example.com/peers/peer0.org1.example.com");
        Files.createDirectory(folder.resolve("genesis"));
        Files.write(
                folder.resolve("genesis/mychannel.block"),
                FabricVectors.genesis().toByteArray());
        NodeDirectory directory = new NodeDirectory(home);

        assertThat(directory.genesisBlocks(directory.nodes().get(0)))
                .containsOnlyKeys(new ChannelId("mychannel"))
                .containsValue(FabricVectors.genesis());

        Files.write(
                folder.resolve("genesis/other.block"), FabricVectors.block(1).toByteArray());
        assertThatThrownBy(() -> directory.genesisBlocks(directory.nodes().get(0)))
                .isInstanceOf(NodeDirectoryException.class)
                .hasMessageContaining("other.block");
    }

    @Test
    void a_channel_that_is_left_keeps_its_first_block_under_another_name() throws IOException, NodeDirectoryException {
        node("peer0.org1.example.com", PEER, "peerOrganizations/org1.example.com/peers/peer0.org1.example.com");
        NodeDirectory directory = new NodeDirectory(home);
        LocalNode node = directory.nodes().get(0);
        ChannelId channel = new ChannelId("mychannel");
        directory.keepGenesisBlock(node, channel, FabricVectors.genesis());

        directory.removeGenesisBlock(node, channel);

        assertThat(directory.hasGenesisBlock(node, channel)).isFalse();
        assertThat(directory.genesisBlocks(node)).isEmpty();
        assertThat(directory.removedGenesisBlocks(node)).containsOnlyKeys(channel);
        assertThatThrownBy(() -> directory.removeGenesisBlock(node, channel))
                .isInstanceOf(NodeDirectoryException.class);
        directory.restoreGenesisBlock(node, channel);
        assertThat(directory.genesisBlocks(node)).containsValue(FabricVectors.genesis());
        assertThat(directory.removedGenesisBlocks(node)).isEmpty();
    }

    @Test
    void hosts_nothing_where_there_is_no_folder() throws NodeDirectoryException {
        assertThat(new NodeDirectory(home).nodes()).isEmpty();
    }

    @Test
    void says_what_is_wrong_with_a_node() throws IOException {
        refuses(PEER + "endorsng=true\n", "endorsng");
        refuses("role=peer\naddress=a:1\n", "mspId is missing");
        refuses("role=miner\nmspId=Org1MSP\naddress=a:1\n", "'miner'");
        refuses("role=peer\nmspId=Org 1\naddress=a:1\n", "Org 1");
        refuses("role=peer\nmspId=Org1MSP\nendorsing=yes\naddress=a:1\n", "'yes'");
        refuses("role=orderer\nmspId=Org1MSP\nendorsing=true\naddress=a:1\n", "only a peer");
        refuses("role=peer\nmspId=Org1MSP\naddress=nowhere\n", "host:port");
        refuses("role=peer\nmspId=Org1MSP\naddress=\\u00zz:1\n", "not readable");
    }

    @Test
    void says_when_the_key_does_not_belong_to_the_certificate() throws IOException {
        Path folder =
                node("peer0.org1.example.com", PEER, "peerOrganizations/org1.example.com/peers/peer0.org1.example.com");
        copy(
                FabricVectors.folder("peerOrganizations/org2.example.com/peers/peer0.org2.example.com/msp/keystore"),
                folder.resolve("msp/keystore"));
        assertThatThrownBy(() -> new NodeDirectory(home).nodes())
                .isInstanceOf(NodeDirectoryException.class)
                .hasMessageContaining("keystore");
    }

    private void refuses(String properties, String reason) throws IOException {
        Path folder = home.resolve("nodes/peer0.example.com");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("node.properties"), properties);
        assertThatThrownBy(() -> new NodeDirectory(home).nodes())
                .isInstanceOf(NodeDirectoryException.class)
                .hasMessageContaining("node.properties")
                .hasMessageContaining(reason);
    }

    private Path node(String name, String properties, String crypto) throws IOException {
        Path folder = home.resolve("nodes").resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("node.properties"), properties);
        copy(FabricVectors.folder(crypto + "/msp"), folder.resolve("msp"));
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
    }
}
