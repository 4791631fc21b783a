package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.BlockHash;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignedData;

/** What an orderer asks of a block that another orderer published before it makes that block its own. */
final class PublishedBlockCheck {
    /** The policy that the signatures of a block must satisfy. */
    static final String BLOCK_VALIDATION = "/Channel/Orderer/BlockValidation";

    private PublishedBlockCheck() {}

    /** What is wrong with the block as the one after {@code previousHash}; empty if nothing is. */
    static Optional<String> problem(ChannelConfig config, Block block, ByteString previousHash) {
        if (!block.getHeader().getPreviousHash().equals(previousHash)) {
            return Optional.of("its previous hash is not that of the block before it");
        }
        if (block.getData().getDataCount() == 0
                || !block.getHeader().getDataHash().equals(BlockHash.of(block.getData()))) {
            return Optional.of("its data hash is not that of its data");
        }
        Optional<Policy> policy = config.policy(BLOCK_VALIDATION);
        if (policy.isEmpty()) {
            return Optional.of("the channel has no policy " + BLOCK_VALIDATION);
        }
        return policy.get().isSatisfiedBySignatures(signatures(block))
                ? Optional.empty()
                : Optional.of("its signatures do not satisfy " + BLOCK_VALIDATION);
    }

    private static List<SignedData> signatures(Block block) {
        try {
            if (block.getMetadata().getMetadataCount() <= BlockMetadataIndex.SIGNATURES_VALUE) {
                return List.of();
            }
            Metadata metadata =
                    Metadata.parseFrom(block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
            ByteString der = BlockHash.der(block.getHeader());
            List<SignedData> signed = new java.util.ArrayList<>();
            for (MetadataSignature signature : metadata.getSignaturesList()) {
                ByteString creator = SignatureHeader.parseFrom(signature.getSignatureHeader())
                        .getCreator();
                signed.add(new SignedData(
                        List.of(metadata.getValue(), signature.getSignatureHeader(), der),
                        creator,
                        signature.getSignature()));
            }
            return signed;
        } catch (InvalidProtocolBufferException e) {
            return List.of();
        }
    }
}
