package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.model.BlockUpdates;
import org.jangbu.model.KeyUpdate;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.TxId;

/** From a block and its verdicts to what a commit writes. A pure function of both and of the entries before the block. */
public final class BlockEffects {
    /** The years 1 to 9999, which are all that a protobuf timestamp may state. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int NANOS_OF_A_SECOND = 1_000_000_000;

    private BlockEffects() {}

    /**
     * The block with its filter set, and its effects. Reads, in one call, the entries that a write of only a value or only metadata keeps a
     * part of; none for a chaincode that uses no metadata.
     *
     * @param codes one verdict per transaction
     * @param before the entries before this block
     */
    public static ValidatedBlock of(ParsedBlock block, List<TxValidationCode> codes, StateReader before) {
        List<KeyUpdate> updates = BlockUpdates.of(block, codes, new CommittedState(before));
        Block filtered = TransactionsFilter.of(codes).in(block.block());
        return new ValidatedBlock(
                filtered,
                outcomes(block, codes),
                writes(updates),
                history(block, codes),
                PrivateSets.behind(block, codes));
    }

    private static List<StateWrite> writes(List<KeyUpdate> updates) {
        return updates.stream()
                .map(update -> new StateWrite(
                        StateKey.of(update.address()),
                        update.value(),
                        update.metadata(),
                        update.delete(),
                        update.version()))
                .sorted(Comparator.comparing(StateWrite::key))
                .toList();
    }

    private static List<ValidatedBlock.Outcome> outcomes(ParsedBlock block, List<TxValidationCode> codes) {
        List<ValidatedBlock.Outcome> outcomes = new ArrayList<>(codes.size());
        for (int tx = 0; tx < codes.size(); tx++) {
            TxValidationCode code = codes.get(tx);
            outcomes.add(block.transactions()
                    .get(tx)
                    .envelope()
                    .map(envelope -> new ValidatedBlock.Outcome(envelope.txId(), code, timestamp(envelope)))
                    .orElseGet(() -> new ValidatedBlock.Outcome(new TxId(""), code, Instant.EPOCH)));
        }
        return Collections.unmodifiableList(outcomes);
    }

    private static Instant timestamp(ParsedEnvelope envelope) {
        Timestamp stated = envelope.channelHeader().getTimestamp();
        boolean readable = stated.getSeconds() >= FIRST_SECOND
                && stated.getSeconds() <= LAST_SECOND
                && stated.getNanos() >= 0
                && stated.getNanos() < NANOS_OF_A_SECOND;
        return readable ? Instant.ofEpochSecond(stated.getSeconds(), stated.getNanos()) : Instant.EPOCH;
    }

    private static List<HistoryWrite> history(ParsedBlock block, List<TxValidationCode> codes) {
        List<HistoryWrite> history = new ArrayList<>();
        for (int tx = 0; tx < codes.size(); tx++) {
            if (codes.get(tx) == TxValidationCode.VALID
                    && block.transactions().get(tx) instanceof ParsedTransaction.Endorser endorser) {
                for (ReadWriteSet.Namespace ns :
                        endorser.transaction().readWriteSet().namespaces()) {
                    for (KVWrite write : ns.keys().getWritesList()) {
                        history.add(write(ns.name(), tx, write));
                    }
                }
            }
        }
        return Collections.unmodifiableList(history);
    }

    private static HistoryWrite write(String namespace, int tx, KVWrite write) {
        boolean delete = write.getIsDelete() || write.getValue().isEmpty();
        return new HistoryWrite(
                new StateKey(namespace, write.getKey()), tx, delete ? ByteString.EMPTY : write.getValue(), delete);
    }
}
