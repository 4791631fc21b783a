package org.jangbu.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.verify.ChainVerifier;
import org.jangbu.model.verify.Finding;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;

/**
 * Goes through the chain as far as it has grown: both peers must have the same blocks, verdicts and commit hashes included, the orderer the same headers, and
 * the chain verifier, which uses nothing of the peers, must find nothing. Remembers where each transaction stands.
 */
final class ChainAudit {
    private final NodeFolders nodes;
    private final ChainVerifier verifier = new ChainVerifier(ChainAudit::verifies);
    private final Map<String, List<Place>> places = new HashMap<>();
    private long height;

    ChainAudit(NodeFolders nodes) {
        this.nodes = nodes;
    }

    /** Where a transaction stands, and what was found of it. */
    record Place(long block, String code) {}

    /** Goes on to a height that both peers have reached. */
    void advance(long to) throws IOException {
        if (to == height) {
            return;
        }
        try (NodeFolders.CopiedChain first = nodes.copy(NodeFolders.PEER_OF_ORG1);
                NodeFolders.CopiedChain second = nodes.copy(NodeFolders.PEER_OF_ORG2);
                NodeFolders.CopiedChain orderer = nodes.copy(NodeFolders.ORDERER)) {
            for (; height < to; height++) {
                Block block = first.files().block(height).orElseThrow();
                assertThat(second.files().block(height))
                        .as("block %d of both peers", height)
                        .contains(block);
                assertThat(orderer.files().header(height))
                        .as("block %d of the orderer", height)
                        .contains(block.getHeader());
                List<Finding> findings = verifier.next(block);
                assertThat(findings).isEmpty();
                note(block);
            }
        }
    }

    /** All transactions of the chain so far. A transaction has one place, if nothing is doubled. */
    Map<String, List<Place>> places() {
        return places;
    }

    private void note(Block block) {
        TransactionsFilter filter = TransactionsFilter.of(block);
        List<ParsedTransaction> transactions = ParsedBlock.parse(block).transactions();
        for (int i = 0; i < transactions.size(); i++) {
            String txId = transactions
                    .get(i)
                    .envelope()
                    .map(ParsedEnvelope::txId)
                    .orElseThrow()
                    .value();
            places.computeIfAbsent(txId, id -> new ArrayList<>())
                    .add(new Place(block.getHeader().getNumber(), filter.code(i).name()));
        }
    }

    private static boolean verifies(ByteString identity, ByteString signature, ByteString message) {
        try {
            return X509Identity.parse(identity).verifies(signature, message);
        } catch (IdentityException e) {
            return false;
        }
    }
}
