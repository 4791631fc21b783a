package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ParsedBlock;

/** The next block of a chain, with verdicts. */
final class BlockBuilder {
    private final long number;
    private final ByteString previous;
    private final List<ByteString> envelopes = new ArrayList<>();
    private final List<TxValidationCode> codes = new ArrayList<>();

    private BlockBuilder(long number, ByteString previous) {
        this.number = number;
        this.previous = previous;
    }

    static BlockBuilder after(PeerLedger ledger) {
        return new BlockBuilder(ledger.height(), ledger.currentHash());
    }

    static BlockBuilder after(Block block) {
        return new BlockBuilder(block.getHeader().getNumber() + 1, BlockHash.of(block.getHeader()));
    }

    static BlockBuilder first() {
        return new BlockBuilder(0, ByteString.EMPTY);
    }

    /** The genesis block of a channel that has no configuration worth the name. */
    static ValidatedBlock genesis() {
        return first().config().validated(keys -> java.util.Map.of());
    }

    BlockBuilder config() {
        return envelope(
                Writes.by("config" + number).envelope(HeaderType.CONFIG, ByteString.EMPTY), TxValidationCode.VALID);
    }

    BlockBuilder valid(Writes... transactions) {
        for (Writes transaction : transactions) {
            envelope(transaction.envelope(), TxValidationCode.VALID);
        }
        return this;
    }

    BlockBuilder invalid(Writes transaction, TxValidationCode code) {
        return envelope(transaction.envelope(), code);
    }

    BlockBuilder envelope(ByteString envelope, TxValidationCode code) {
        envelopes.add(envelope);
        codes.add(code);
        return this;
    }

    Block block() {
        BlockData data = BlockData.newBuilder().addAllData(envelopes).build();
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder()
                        .setNumber(number)
                        .setPreviousHash(previous)
                        .setDataHash(BlockHash.of(data)))
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder().addMetadata(ByteString.copyFromUtf8("orderer's signature")))
                .build();
    }

    ValidatedBlock validated(StateReader before) {
        return BlockEffects.of(ParsedBlock.parse(block()), codes, before);
    }
}
