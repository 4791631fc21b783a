package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.model.BlockHash;
import org.jangbu.model.CommitHash;
import org.jangbu.model.KeyUpdate;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TransactionsFilter;

/**
 * A block as it is committed: filter and commit hash in their slots.
 *
 * @param block what goes to the file
 * @param effects what goes to the database
 * @param after where the ledger stands with this block
 * @param privateEffects what becomes of the peer's private data; beside the commit hash, which all peers share
 */
public record SealedBlock(Block block, ValidatedBlock effects, LedgerPosition after, PrivateEffects privateEffects) {
    /** Seals the block that follows {@code before}. */
    static SealedBlock of(ValidatedBlock effects, LedgerPosition before) {
        Block block = effects.block();
        ByteString commitHash = ByteString.EMPTY;
        if (effects.number() > 0) {
            commitHash = CommitHash.of(before.commitHash(), TransactionsFilter.of(block), updates(effects));
            block = CommitHash.put(block, commitHash);
        }
        long lastConfig = isConfig(effects) ? effects.number() : before.lastConfig();
        return new SealedBlock(
                block,
                effects,
                new LedgerPosition(effects.number() + 1, BlockHash.of(block.getHeader()), commitHash, lastConfig),
                PrivateEffects.NONE);
    }

    /** The same with what becomes of private data. */
    SealedBlock with(PrivateEffects changes) {
        return new SealedBlock(block, effects, after, changes);
    }

    /** Whether the block carries the commit hash that its effects lead to. A block of a peer's own file does, unless either is wrong. */
    boolean carriesItsCommitHash(Block stored) {
        try {
            return CommitHash.in(stored).equals(after.commitHash());
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static List<KeyUpdate> updates(ValidatedBlock effects) {
        return effects.writes().stream()
                .map(write -> new KeyUpdate(
                        write.key().address(), write.value(), write.metadata(), write.delete(), write.version()))
                .sorted()
                .toList();
    }

    /** A configuration transaction stands alone in its block. */
    private static boolean isConfig(ValidatedBlock effects) {
        if (effects.transactions().size() != 1 || effects.transactions().get(0).code() != TxValidationCode.VALID) {
            return false;
        }
        try {
            ParsedEnvelope envelope =
                    ParsedEnvelope.parse(effects.block().getData().getData(0));
            return envelope.channelHeader().getType() == HeaderType.CONFIG_VALUE;
        } catch (MalformedEnvelopeException e) {
            return false;
        }
    }
}
