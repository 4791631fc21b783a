package org.jangbu.model.verify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.BlockHash;
import org.jangbu.model.BlockMetadataSlots;
import org.jangbu.model.BlockUpdates;
import org.jangbu.model.CommitHash;
import org.jangbu.model.KeyUpdate;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.TransactionsFilter;

/**
 * Goes through a peer's chain block by block, from the genesis block on, and tells what is not as it must be: the chain of hashes, the
 * orderer's signatures, ids, hashes and signatures of transactions, that each valid transaction read the versions that were current, and
 * that the commit hash follows from verdicts and values.
 *
 * <p>Whether policies were satisfied it does not judge; that takes the channel's configuration. Keeps all keys in memory. For one thread.
 */
public final class ChainVerifier {
    private final SignatureCheck signatures;
    private final KeysInMemory keys = new KeysInMemory();
    private final List<Finding> findings = new ArrayList<>();
    private long expected;
    private ByteString previousHash = ByteString.EMPTY;
    private ByteString commitHash = ByteString.EMPTY;

    public ChainVerifier(SignatureCheck signatures) {
        this.signatures = signatures;
    }

    /** Checks the next block and returns what it found in it; nothing, if all is well. */
    public List<Finding> next(Block block) {
        findings.clear();
        header(block);
        ordererSignatures(block);
        TransactionsFilter filter = TransactionsFilter.of(block);
        if (filter.size() == block.getData().getDataCount()) {
            transactions(block, filter);
        } else {
            find("the filter judges " + filter.size() + " transactions of "
                    + block.getData().getDataCount());
        }
        expected++;
        previousHash = BlockHash.of(block.getHeader());
        return List.copyOf(findings);
    }

    private void header(Block block) {
        if (block.getHeader().getNumber() != expected) {
            find("the header says " + block.getHeader().getNumber());
        }
        if (!block.getHeader().getPreviousHash().equals(previousHash)) {
            find("does not name the hash of the block before");
        }
        if (!block.getHeader().getDataHash().equals(BlockHash.of(block.getData()))) {
            find("the data hash is not that of the envelopes");
        }
        if (block.getMetadata().getMetadataCount() != BlockMetadataSlots.COUNT) {
            find("has " + block.getMetadata().getMetadataCount() + " metadata slots");
        }
    }

    /** The genesis block is trusted as it is handed over, and carries no signature. */
    private void ordererSignatures(Block block) {
        if (expected == 0) {
            return;
        }
        try {
            Metadata metadata = BlockMetadataSlots.metadata(block, BlockMetadataIndex.SIGNATURES);
            if (metadata.getSignaturesCount() == 0) {
                find("no orderer has signed it");
            }
            for (MetadataSignature signature : metadata.getSignaturesList()) {
                ByteString creator = SignatureHeader.parseFrom(signature.getSignatureHeader())
                        .getCreator();
                ByteString message = metadata.getValue()
                        .concat(signature.getSignatureHeader())
                        .concat(BlockHash.der(block.getHeader()));
                if (!signatures.verify(creator, signature.getSignature(), message)) {
                    find("an orderer's signature is wrong");
                }
            }
            long lastConfig =
                    BlockMetadataSlots.ordererMetadata(block).getLastConfig().getIndex();
            if (Long.compareUnsigned(lastConfig, expected) > 0) {
                find("names a last configuration, " + Long.toUnsignedString(lastConfig) + ", that is yet to come");
            }
        } catch (InvalidProtocolBufferException e) {
            find("the slot of the orderer's signatures cannot be read");
        }
    }

    private void transactions(Block block, TransactionsFilter filter) {
        ParsedBlock parsed = ParsedBlock.parse(block);
        List<TxValidationCode> codes;
        try {
            codes = filter.codes();
        } catch (IllegalStateException e) {
            find(String.valueOf(e.getMessage()));
            return;
        }
        TransactionVerifier transactions = new TransactionVerifier(expected, signatures, findings);
        IntStream.range(0, codes.size())
                .forEach(i -> transactions.check(i, parsed.transactions().get(i), codes.get(i)));
        keys.checkReads(parsed, codes, findings);
        List<KeyUpdate> updates = BlockUpdates.of(parsed, codes, keys);
        keys.apply(updates);
        commitHash(block, filter, updates);
    }

    private void commitHash(Block block, TransactionsFilter filter, List<KeyUpdate> updates) {
        if (expected == 0) {
            return;
        }
        commitHash = CommitHash.of(commitHash, filter, updates);
        try {
            if (!CommitHash.in(block).equals(commitHash)) {
                find("the commit hash does not follow from verdicts and values");
            }
        } catch (InvalidProtocolBufferException e) {
            find("the slot of the commit hash cannot be read");
        }
    }

    private void find(String problem) {
        findings.add(new Finding(expected, -1, problem));
    }
}
