package org.jangbu.peer.deliver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.BlockHash;
import org.jangbu.model.BlockMetadataSlots;
import org.jangbu.model.ParsedBlock;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;

/**
 * Decides whether a block is the orderer's, whole and unchanged, before anything in it is looked at. The name of the channel stands in no
 * block header: what ties a block to its channel is the chain of previous hashes, which begins at that channel's first block.
 */
final class BlockVerifier {
    private static final String BLOCK_VALIDATION = "/Channel/Orderer/BlockValidation";
    private static final int MOST_SIGNATURES = 256;

    private BlockVerifier() {}

    /**
     * Checks what a block says of itself; needs neither configuration nor ledger.
     *
     * @throws RefusedBlockException MALFORMED
     */
    static void checkForm(ParsedBlock parsed) throws RefusedBlockException {
        Block block = parsed.block();
        if (block.getData().getDataCount() == 0) {
            throw malformed("it is empty");
        }
        if (!BlockHash.of(block.getData()).equals(block.getHeader().getDataHash())) {
            throw malformed("its data hash is not that of its data");
        }
        for (ByteString raw : block.getData().getDataList()) {
            checkEnvelope(raw);
        }
        boolean configures = parsed.transactions().stream()
                .flatMap(transaction -> transaction.envelope().stream())
                .anyMatch(envelope -> envelope.channelHeader().getType() == HeaderType.CONFIG_VALUE);
        if (configures && parsed.transactions().size() > 1) {
            throw malformed("a configuration must stand alone in its block");
        }
    }

    private static void checkEnvelope(ByteString raw) throws RefusedBlockException {
        try {
            Envelope envelope = Envelope.parseFrom(raw);
            if (envelope.getPayload().isEmpty() || envelope.getSignature().isEmpty()) {
                throw malformed("an envelope lacks payload or signature");
            }
            if (!envelope.toByteString().equals(raw)) {
                throw malformed("an envelope is not spelled as protobuf spells it");
            }
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedBlockException(
                    RefusedBlockException.Reason.MALFORMED, "an envelope is not readable: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that the orderer has signed the block.
     *
     * @throws RefusedBlockException MALFORMED if the signatures cannot be read, UNSIGNED if they do not satisfy the policy
     */
    static void checkSignatures(Block block, ChannelConfig config) throws RefusedBlockException {
        ByteString header = BlockHash.der(block.getHeader());
        List<SignedData> signatures = new ArrayList<>();
        try {
            Metadata metadata = BlockMetadataSlots.metadata(block, BlockMetadataIndex.SIGNATURES);
            if (metadata.getSignaturesCount() > MOST_SIGNATURES) {
                throw malformed("it carries more than " + MOST_SIGNATURES + " signatures");
            }
            ordererMetadata(block);
            for (MetadataSignature signature : metadata.getSignaturesList()) {
                signatures.add(new SignedData(
                        List.of(metadata.getValue(), signature.getSignatureHeader(), header),
                        SignatureHeader.parseFrom(signature.getSignatureHeader())
                                .getCreator(),
                        signature.getSignature()));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedBlockException(
                    RefusedBlockException.Reason.MALFORMED, "its metadata are not readable: " + e.getMessage(), e);
        }
        if (!config.policy(BLOCK_VALIDATION).orElse(Policy.UNSATISFIABLE).isSatisfiedBySignatures(signatures)) {
            throw new RefusedBlockException(
                    RefusedBlockException.Reason.UNSIGNED,
                    "its " + signatures.size() + " signatures do not satisfy " + BLOCK_VALIDATION);
        }
    }

    /**
     * Checks that the block follows another. To be asked of a block that the orderer has signed.
     *
     * @throws RefusedBlockException FORKED
     */
    static void checkPlace(Block block, ByteString previousHash) throws RefusedBlockException {
        if (!block.getHeader().getPreviousHash().equals(previousHash)) {
            throw new RefusedBlockException(
                    RefusedBlockException.Reason.FORKED,
                    "the orderer signed it, and its previous hash is not that of the newest block here");
        }
    }

    /**
     * The block as the orderer made it: what others may have put into the unsigned slots of the metadata is gone, above all a validation
     * filter. The slot LAST_CONFIG, which no signature covers, is written anew from what is signed.
     */
    static Block asSigned(Block block) throws RefusedBlockException {
        try {
            BlockMetadata.Builder slots = BlockMetadata.newBuilder()
                    .addMetadata(BlockMetadataSlots.get(block, BlockMetadataIndex.SIGNATURES))
                    .addMetadata(Metadata.newBuilder()
                            .setValue(ordererMetadata(block).getLastConfig().toByteString())
                            .build()
                            .toByteString());
            while (slots.getMetadataCount() < BlockMetadataSlots.COUNT) {
                slots.addMetadata(ByteString.EMPTY);
            }
            return Block.newBuilder()
                    .setHeader(block.getHeader())
                    .setData(block.getData())
                    .setMetadata(slots)
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedBlockException(
                    RefusedBlockException.Reason.MALFORMED, "its metadata are not readable: " + e.getMessage(), e);
        }
    }

    private static OrdererBlockMetadata ordererMetadata(Block block)
            throws InvalidProtocolBufferException, RefusedBlockException {
        OrdererBlockMetadata metadata = BlockMetadataSlots.ordererMetadata(block);
        LastConfig lastConfig = metadata.getLastConfig();
        if (Long.compareUnsigned(lastConfig.getIndex(), block.getHeader().getNumber()) > 0) {
            throw malformed("its last configuration would be a block after it");
        }
        return metadata;
    }

    private static RefusedBlockException malformed(String message) {
        return new RefusedBlockException(RefusedBlockException.Reason.MALFORMED, message);
    }
}
