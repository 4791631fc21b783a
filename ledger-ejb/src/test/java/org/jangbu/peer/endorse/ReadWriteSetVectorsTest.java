package org.jangbu.peer.endorse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.junit.jupiter.api.Test;

/** The same reads and writes over the same ledger give the very bytes that real Fabric peers endorsed. */
class ReadWriteSetVectorsTest {
    private static final int FIRST_INVOCATION = 6;
    private static final List<TxValidationCode> THREE_RIVALS =
            List.of(TxValidationCode.VALID, TxValidationCode.MVCC_READ_CONFLICT, TxValidationCode.MVCC_READ_CONFLICT);

    @Test
    void simulations_give_the_bytes_that_fabric_peers_endorsed() {
        MemoryLedger ledger = new MemoryLedger("peer0.org1.example.com", "mychannel");
        int compared = 0;
        for (int number = 0; number <= 10; number++) {
            ParsedBlock block = ParsedBlock.parse(FabricVectors.block(number));
            if (number >= FIRST_INVOCATION) {
                for (ParsedTransaction transaction : block.transactions()) {
                    EndorserTransaction endorsed = ((ParsedTransaction.Endorser) transaction).transaction();
                    assertThat(simulate(ledger, endorsed))
                            .as("block " + number)
                            .isEqualTo(endorsed.action().getResults());
                    compared++;
                }
            }
            int count = block.transactions().size();
            ledger.append(
                    block.block(),
                    count == 3
                            ? THREE_RIVALS
                            : IntStream.range(0, count)
                                    .mapToObj(i -> TxValidationCode.VALID)
                                    .toList());
        }
        assertThat(compared).isEqualTo(7);
    }

    /** Does what the recorded set says was done, in no particular order. */
    private static ByteString simulate(MemoryLedger ledger, EndorserTransaction endorsed) {
        Simulation simulation =
                new Simulation(ledger, endorsed.envelope().txId().value(), SimulationLimits.DEFAULT);
        List<ReadWriteSet.Namespace> namespaces =
                new ArrayList<>(endorsed.readWriteSet().namespaces());
        java.util.Collections.reverse(namespaces);
        for (ReadWriteSet.Namespace namespace : namespaces) {
            for (KVWrite write : namespace.keys().getWritesList()) {
                simulation.put(namespace.name(), write.getKey(), write.getValue());
            }
            for (KVRead read : namespace.keys().getReadsList()) {
                simulation.get(namespace.name(), read.getKey());
            }
            for (RangeQueryInfo range : namespace.keys().getRangeQueriesInfoList()) {
                readAll(simulation.range(namespace.name(), range.getStartKey(), range.getEndKey(), 0));
            }
        }
        simulation.end();
        assertThat(simulation.stillHolds()).isTrue();
        return simulation.results();
    }

    private static void readAll(ChaincodeHost.Results<ChaincodeHost.KeyValue> results) {
        Optional<ChaincodeHost.KeyValue> next = Optional.ofNullable(results.next());
        while (next.isPresent()) {
            next = Optional.ofNullable(results.next());
        }
    }
}
