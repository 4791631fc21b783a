package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * A committer's verdicts on the transactions of a block, one byte each, in the slot TRANSACTIONS_FILTER. Never signed: one that came with a
 * block from elsewhere says nothing.
 */
public record TransactionsFilter(ByteString bytes) {
    /** The filter that the block carries; empty if it has none. */
    public static TransactionsFilter of(Block block) {
        return new TransactionsFilter(BlockMetadataSlots.get(block, BlockMetadataIndex.TRANSACTIONS_FILTER));
    }

    /** The filter of these verdicts. */
    public static TransactionsFilter of(List<TxValidationCode> codes) {
        byte[] bytes = new byte[codes.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) codes.get(i).getNumber();
        }
        return new TransactionsFilter(ByteString.copyFrom(bytes));
    }

    /** The block with this filter in its slot. */
    public Block in(Block block) {
        return BlockMetadataSlots.with(block, BlockMetadataIndex.TRANSACTIONS_FILTER, bytes);
    }

    /** How many transactions it judges. */
    public int size() {
        return bytes.size();
    }

    /**
     * The verdict on one transaction.
     *
     * @throws IllegalStateException if the byte stands for no code
     */
    public TxValidationCode code(int position) {
        int number = bytes.byteAt(position) & 0xff;
        TxValidationCode code = TxValidationCode.forNumber(number);
        if (code == null) {
            throw new IllegalStateException("no validation code has the number " + number);
        }
        return code;
    }

    /** Whether the transaction at that position takes effect. */
    public boolean isValid(int position) {
        return bytes.byteAt(position) == TxValidationCode.VALID_VALUE;
    }

    /** All verdicts, in order. */
    public List<TxValidationCode> codes() {
        return IntStream.range(0, size()).mapToObj(this::code).toList();
    }
}
