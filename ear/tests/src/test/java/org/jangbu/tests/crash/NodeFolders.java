package org.jangbu.tests.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.ledger.block.BlockFiles;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.network.TrialNetwork;

/** Where the nodes of the network keep their blocks. */
record NodeFolders(Path home) {
    static final String PEER_OF_ORG1 = "peer0.org1.example.com";
    static final String PEER_OF_ORG2 = "peer0.org2.example.com";
    static final String ORDERER = "orderer.example.com";
    static final ChannelId CHANNEL = new ChannelId(TrialNetwork.CHANNEL);

    /** All ledgers of a node. */
    Path ledgers(String node) {
        return home.resolve("nodes").resolve(node).resolve(node.equals(ORDERER) ? "orderer" : "ledgers");
    }

    /** The channel's only block file of a node; the tests' chains fit into one. */
    Path blockFile(String node) {
        return ledgers(node)
                .resolve("chains")
                .resolve("chains")
                .resolve(CHANNEL.value())
                .resolve("blockfile_000000");
    }

    /** What lies beside a peer's packages and is none of them. */
    List<Path> unfinishedPackages(String node) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("nodes").resolve(node).resolve("packages"))) {
            return files.filter(file -> !file.toString().endsWith(".tgz")).toList();
        }
    }

    /** Block files as they are now, copied: the node itself goes on with its own. */
    CopiedChain copy(String node) throws IOException {
        Path folder = Files.createTempDirectory("chain");
        Path copy = folder.resolve("copy");
        Folders.copy(ledgers(node), copy);
        return new CopiedChain(folder, BlockFiles.open(copy, CHANNEL, 0));
    }

    /** A copy that goes when it is closed. */
    record CopiedChain(Path folder, BlockFiles files) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            files.close();
            Folders.delete(folder);
        }
    }
}
