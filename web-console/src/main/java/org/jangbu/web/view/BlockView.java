package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ParsedBlock;

/**
 * A committed block and all its transactions.
 *
 * @param hash of the header; the next block's {@code previousHash}. All hashes are lower-case hex
 * @param previousHash empty for the genesis block
 * @param commitHash the committing peer's running hash over all that was committed; absent for the genesis block
 * @param signers the orderers that signed it
 * @param size of the block in bytes
 */
public record BlockView(
        long number,
        String hash,
        String previousHash,
        String dataHash,
        Optional<String> commitHash,
        List<IdentityView> signers,
        int size,
        List<TransactionView> transactions) {

    /** Takes a block apart. */
    public static BlockView of(Block block) {
        TransactionViews views = new TransactionViews();
        return new BlockView(
                block.getHeader().getNumber(),
                BlockHash.hex(BlockHash.of(block.getHeader())),
                BlockHash.hex(block.getHeader().getPreviousHash()),
                BlockHash.hex(block.getHeader().getDataHash()),
                commitHash(block),
                signers(block, views),
                block.getSerializedSize(),
                transactions(block, views));
    }

    /** The few words a list needs. */
    public BlockSummary summary() {
        return new BlockSummary(
                number,
                hash,
                previousHash,
                dataHash,
                size,
                transactions.stream().flatMap(t -> t.timestamp().stream()).findFirst(),
                transactions.stream().map(TransactionView::summary).toList());
    }

    private static List<TransactionView> transactions(Block block, TransactionViews views) {
        ParsedBlock parsed = ParsedBlock.parse(block);
        ByteString filter = metadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE);
        List<TransactionView> transactions = new ArrayList<>();
        for (int i = 0; i < parsed.transactions().size(); i++) {
            String code = i < filter.size() ? ValidationCodes.name(filter.byteAt(i) & 0xff) : "NOT_VALIDATED";
            transactions.add(
                    views.of(parsed.transactions().get(i), new TransactionViews.Place(parsed.number(), i, code)));
        }
        return List.copyOf(transactions);
    }

    private static Optional<String> commitHash(Block block) {
        try {
            ByteString slot = metadata(block, BlockMetadataIndex.COMMIT_HASH_VALUE);
            return ReadWriteSetView.hex(Metadata.parseFrom(slot).getValue());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static List<IdentityView> signers(Block block, TransactionViews views) {
        List<IdentityView> signers = new ArrayList<>();
        try {
            Metadata signatures = Metadata.parseFrom(metadata(block, BlockMetadataIndex.SIGNATURES_VALUE));
            for (MetadataSignature signature : signatures.getSignaturesList()) {
                SignatureHeader header = SignatureHeader.parseFrom(signature.getSignatureHeader());
                signers.add(views.identity(header.getCreator()));
            }
        } catch (InvalidProtocolBufferException e) {
            // A block was verified before it was committed; what is unreadable here was not signed over either.
            return List.copyOf(signers);
        }
        return List.copyOf(signers);
    }

    private static ByteString metadata(Block block, int slot) {
        return slot < block.getMetadata().getMetadataCount()
                ? block.getMetadata().getMetadata(slot)
                : ByteString.EMPTY;
    }
}
