package org.jangbu.tests.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockFiles;
import org.jangbu.model.ChannelId;
import org.jangbu.model.verify.ChainVerifier;
import org.jangbu.model.verify.Finding;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.tests.server.TrialServer;

/** What the nodes have written, read past the application: block files and database. */
public final class Ledgers {
    public static final String PEER_OF_ORG1 = "peer0.org1.example.com";
    public static final String PEER_OF_ORG2 = "peer0.org2.example.com";
    public static final String ORDERER = "orderer.example.com";

    private static final Duration SETTLED = Duration.ofSeconds(60);

    private Ledgers() {}

    /** Checks everything: both peers' chains by the verifier, both against each other and the orderer's, files and database. */
    public static void assertSoundAndEqual() throws Exception {
        assertSoundAndEqual(TrialServer.CHANNEL);
    }

    /** The same of any channel that both peers and the orderer have joined. */
    public static void assertSoundAndEqual(ChannelId channel) throws Exception {
        awaitSameHeight(channel);
        List<Block> first = chain(PEER_OF_ORG1, channel);
        assertThat(findings(first)).isEmpty();
        assertThat(chain(PEER_OF_ORG2, channel)).as("block files of both peers").isEqualTo(first);
        List<Block> ordered = chain(ORDERER, channel);
        assertThat(ordered.stream().map(Block::getHeader).toList())
                .as("the orderer's chain")
                .isEqualTo(first.stream().map(Block::getHeader).toList());
        try (Connection database = TrialServer.installation().postgres().connect()) {
            assertSameRows(
                    database, channel, "state", "ns, key, value, metadata, block, tx, version, value_json::text");
            assertSameRows(
                    database, channel, "history", "ns, key, block, tx, tx_id, deleted, value, ts_seconds, ts_nanos");
            assertSameRows(database, channel, "transactions", "tx_id, block, position, code");
            assertSameRows(database, channel, "blocks", "number, checksum, hash");
        }
    }

    /** Blocks from a copy of a node's files, opened as the node itself would. */
    public static List<Block> chain(String node) throws IOException {
        return chain(node, TrialServer.CHANNEL);
    }

    /** The same of any channel. */
    public static List<Block> chain(String node, ChannelId channel) throws IOException {
        boolean orderer = node.equals(ORDERER);
        Path ledgers = TrialServer.installation()
                .network()
                .home()
                .resolve("nodes")
                .resolve(node)
                .resolve(orderer ? "orderer" : "ledgers");
        Path temporary = Files.createTempDirectory("chain");
        try {
            Path copy = temporary.resolve("copy");
            Folders.copy(ledgers, copy);
            try (BlockFiles files = BlockFiles.open(copy, channel, 0)) {
                List<Block> blocks = new ArrayList<>();
                for (long number = 0; number < files.height(); number++) {
                    blocks.add(files.block(number).orElseThrow());
                }
                return blocks;
            }
        } finally {
            Folders.delete(temporary);
        }
    }

    /** Height of a node's ledger in the database. */
    public static long heightInDatabase(String node) throws SQLException {
        return heightInDatabase(node, TrialServer.CHANNEL);
    }

    /** The same of any channel. */
    public static long heightInDatabase(String node, ChannelId channel) throws SQLException {
        try (Connection database = TrialServer.installation().postgres().connect();
                PreparedStatement query =
                        database.prepareStatement("SELECT height FROM ledger.ledgers WHERE node = ? AND channel = ?")) {
            query.setString(1, node);
            query.setString(2, channel.value());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static List<Finding> findings(List<Block> chain) {
        ChainVerifier verifier = new ChainVerifier(Ledgers::verifies);
        List<Finding> findings = new ArrayList<>();
        chain.forEach(block -> findings.addAll(verifier.next(block)));
        return findings;
    }

    private static boolean verifies(ByteString identity, ByteString signature, ByteString message) {
        try {
            return X509Identity.parse(identity).verifies(signature, message);
        } catch (IdentityException e) {
            return false;
        }
    }

    private static void awaitSameHeight(ChannelId channel) {
        await().atMost(SETTLED).untilAsserted(() -> {
            long height = chain(ORDERER, channel).size();
            assertThat(heightInDatabase(PEER_OF_ORG1, channel)).isEqualTo(height);
            assertThat(heightInDatabase(PEER_OF_ORG2, channel)).isEqualTo(height);
        });
    }

    private static void assertSameRows(Connection database, ChannelId channel, String table, String columns)
            throws SQLException {
        String rows = "SELECT " + columns + " FROM ledger." + table
                + " WHERE ledger = (SELECT id FROM ledger.ledgers WHERE node = ? AND channel = ?)";
        String difference = "SELECT count(*) FROM ((" + rows + " EXCEPT ALL " + rows + ") UNION ALL (" + rows
                + " EXCEPT ALL " + rows + ")) AS difference";
        try (PreparedStatement query = database.prepareStatement(difference)) {
            String[] nodes = {PEER_OF_ORG1, PEER_OF_ORG2, PEER_OF_ORG2, PEER_OF_ORG1};
            for (int i = 0; i < nodes.length; i++) {
                query.setString(2 * i + 1, nodes[i]);
                query.setString(2 * i + 2, channel.value());
            }
            try (ResultSet result = query.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getLong(1))
                        .as("rows of %s that only one peer has", table)
                        .isZero();
            }
        }
    }
}
