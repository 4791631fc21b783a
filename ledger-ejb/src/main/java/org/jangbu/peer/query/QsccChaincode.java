package org.jangbu.peer.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ProcessedTransaction;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.BlockHash;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SystemChaincode;
import org.jangbu.peer.endorse.TransactionIds;

/** {@code qscc}: what a peer's ledgers hold, asked like a chaincode. The first argument after the function names the channel. */
public final class QsccChaincode implements SystemChaincode {
    /** The greatest number asks for the newest block, as in Fabric. */
    private static final long NEWEST = -1;

    private final Function<String, Optional<JoinedChannel>> channels;

    /** @param channels the channels the peer has joined, by name */
    public QsccChaincode(Function<String, Optional<JoinedChannel>> channels) {
        this.channels = channels;
    }

    @Override
    public String name() {
        return "qscc";
    }

    @Override
    public boolean callable() {
        return false;
    }

    @Override
    public ChaincodeResult invoke(Call call) {
        int count = call.args().size();
        if (count < 2) {
            return SystemChaincode.failure(500, "Incorrect number of arguments, " + count);
        }
        String function = call.text(0);
        String name = call.text(1);
        if (!function.equals("GetChainInfo") && count < 3) {
            return SystemChaincode.failure(500, "missing 3rd argument for " + Quoted.brief(function));
        }
        JoinedChannel channel = channels.apply(name).orElse(null);
        if (channel == null) {
            return SystemChaincode.failure(500, "Invalid chain ID, " + Quoted.brief(name));
        }
        Optional<String> refusal = AccessControl.refusal(
                channel.config(), "qscc/" + function, call.proposal().creator());
        if (refusal.isPresent()) {
            return SystemChaincode.failure(
                    500, "access denied for [" + Quoted.brief(function) + "][" + name + "]: [" + refusal.get() + "]");
        }
        return answer(channel.ledger(), call, function);
    }

    private static ChaincodeResult answer(PeerLedger ledger, Call call, String function) {
        return switch (function) {
            case "GetChainInfo" -> SystemChaincode.success(info(ledger).toByteString());
            case "GetBlockByNumber" -> byNumber(ledger, call.text(2));
            case "GetBlockByHash" -> byHash(ledger, call.args().get(2));
            case "GetBlockByTxID" ->
                found(
                        find(ledger, call.text(2)).flatMap(e -> ledger.block(e.block())),
                        "Failed to get block for txID " + Quoted.brief(call.text(2))
                                + ", error no such transaction ID [" + Quoted.brief(call.text(2)) + "] in index");
            case "GetTransactionByID" -> transaction(ledger, call.text(2));
            default -> SystemChaincode.failure(500, "Requested function " + Quoted.brief(function) + " not found.");
        };
    }

    private static BlockchainInfo info(PeerLedger ledger) {
        long height = ledger.height();
        ByteString previous = height == 0
                ? ByteString.EMPTY
                : ledger.block(height - 1)
                        .map(block -> block.getHeader().getPreviousHash())
                        .orElse(ByteString.EMPTY);
        ByteString current = height == 0
                ? ByteString.EMPTY
                : ledger.block(height - 1)
                        .map(block -> BlockHash.of(block.getHeader()))
                        .orElse(ByteString.EMPTY);
        return BlockchainInfo.newBuilder()
                .setHeight(height)
                .setCurrentBlockHash(current)
                .setPreviousBlockHash(previous)
                .build();
    }

    private static ChaincodeResult byNumber(PeerLedger ledger, String text) {
        long number;
        try {
            number = Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return SystemChaincode.failure(
                    500,
                    "Failed to parse block number with error strconv.ParseUint: parsing \"" + Quoted.brief(text)
                            + "\": invalid syntax");
        }
        String shown = Long.toUnsignedString(number);
        return found(
                ledger.block(number == NEWEST ? ledger.height() - 1 : number),
                "Failed to get block number " + shown + ", error no such block number [" + shown + "] in index");
    }

    private static ChaincodeResult byHash(PeerLedger ledger, ByteString hash) {
        return found(
                ledger.blockByHash(hash),
                "Failed to get block hash " + Quoted.brief(hash.toStringUtf8()) + ", error no such block hash ["
                        + Quoted.brief(BlockHash.hex(hash)) + "] in index");
    }

    private static Optional<TransactionIndex.Entry> find(PeerLedger ledger, String text) {
        TxId txId = new TxId(text);
        return TransactionIds.isWellFormed(txId) ? ledger.transactions().find(txId) : Optional.empty();
    }

    private static ChaincodeResult transaction(PeerLedger ledger, String txId) {
        return find(ledger, txId)
                .flatMap(e -> ledger.block(e.block()).map(block -> processed(block, e)))
                .map(SystemChaincode::success)
                .orElseGet(() -> SystemChaincode.failure(
                        500,
                        "Failed to get transaction with id " + Quoted.brief(txId) + ", error no such transaction ID ["
                                + Quoted.brief(txId) + "] in index"));
    }

    private static ByteString processed(Block block, TransactionIndex.Entry entry) {
        try {
            return ProcessedTransaction.newBuilder()
                    .setTransactionEnvelope(Envelope.parseFrom(block.getData().getData(entry.position())))
                    .setValidationCode(entry.code().getNumber())
                    .build()
                    .toByteString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a committed transaction is no envelope", e);
        }
    }

    private static ChaincodeResult found(Optional<Block> block, String otherwise) {
        return block.map(b -> SystemChaincode.success(b.toByteString()))
                .orElseGet(() -> SystemChaincode.failure(500, otherwise));
    }
}
