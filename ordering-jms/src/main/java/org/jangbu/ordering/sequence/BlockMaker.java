package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.BlockHash;
import org.jangbu.msp.identity.CurrentSigner;
import org.jangbu.msp.identity.SigningIdentity;

/** Makes signed blocks: header, data and the five metadata slots, as Fabric's orderer does. */
public final class BlockMaker {
    private static final int NONCE_BYTES = 24;

    private final CurrentSigner signer;
    private final RandomGenerator random;

    /**
     * Blocks signed by {@code signer}, each by the identity it has then.
     *
     * @param random source of nonces; a secure one outside of tests
     */
    public BlockMaker(CurrentSigner signer, RandomGenerator random) {
        this.signer = signer;
        this.random = random;
    }

    /** Blocks signed by an identity that stays as it is. */
    public BlockMaker(SigningIdentity signer, RandomGenerator random) {
        this(new CurrentSigner(signer), random);
    }

    /**
     * A signed block. The signature is over OrdererBlockMetadata ‖ signature header ‖ DER of the block header.
     *
     * @param lastConfig number of the newest block with a configuration; its own if it brings one
     */
    Block make(long number, ByteString previousHash, List<ByteString> envelopes, long lastConfig, BatchPart part) {
        BlockData data = BlockData.newBuilder().addAllData(envelopes).build();
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previousHash)
                .setDataHash(BlockHash.of(data))
                .build();
        LastConfig last = LastConfig.newBuilder().setIndex(lastConfig).build();
        BlockMetadata metadata = BlockMetadata.newBuilder()
                .addMetadata(signatures(header, last, part).toByteString())
                .addMetadata(Metadata.newBuilder()
                        .setValue(last.toByteString())
                        .build()
                        .toByteString())
                .addMetadata(ByteString.EMPTY) // TRANSACTIONS_FILTER: each committer writes its own
                .addMetadata(ByteString.EMPTY) // ORDERER: no longer used
                .addMetadata(ByteString.EMPTY) // COMMIT_HASH: each committer writes its own
                .build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(metadata)
                .build();
    }

    private Metadata signatures(BlockHeader header, LastConfig last, BatchPart part) {
        ByteString value = OrdererBlockMetadata.newBuilder()
                .setLastConfig(last)
                .setConsenterMetadata(part.encode())
                .build()
                .toByteString();
        SigningIdentity orderer = signer.current();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(orderer.serialized())
                .setNonce(ByteString.copyFrom(nonce))
                .build()
                .toByteString();
        return Metadata.newBuilder()
                .setValue(value)
                .addSignatures(MetadataSignature.newBuilder()
                        .setSignatureHeader(signatureHeader)
                        .setSignature(orderer.sign(value, signatureHeader, BlockHash.der(header))))
                .build();
    }
}
