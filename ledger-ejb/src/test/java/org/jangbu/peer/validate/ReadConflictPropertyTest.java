package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random blocks on random states: every code is the one that {@link NaiveLedger} gives. */
class ReadConflictPropertyTest {
    private static final List<String> NAMESPACES = List.of("a", "b");
    /** Characters whose UTF-16 order is not their byte order among them. */
    private static final List<String> LETTERS = List.of("a", "b", "\u0001", "\u00e9", "\uff5e", "\ud83d\ude00", "\0");

    @Test
    void codes_are_those_of_a_naive_model_in_20_000_cases() {
        run(1, 20_000);
    }

    @Test
    @Tag("soak")
    void codes_are_those_of_a_naive_model_in_a_million_cases() {
        run(2, 1_000_000);
    }

    private static void run(long seed, int cases) {
        int[] seen = new int[256];
        for (int i = 0; i < cases; i++) {
            long own = seed * 10_000_000L + i;
            List<TxValidationCode> codes = new Case(new Random(own)).check("case " + own);
            codes.forEach(code -> seen[code.getNumber()]++);
        }
        // A generator that only makes one sort of transaction would prove nothing.
        assertThat(seen[TxValidationCode.VALID_VALUE]).isGreaterThan(cases / 2);
        assertThat(seen[TxValidationCode.MVCC_READ_CONFLICT_VALUE]).isGreaterThan(cases / 5);
        assertThat(seen[TxValidationCode.PHANTOM_READ_CONFLICT_VALUE]).isGreaterThan(cases / 5);
    }

    /** One random state with a past, and one random block. */
    private static final class Case {
        private final Random random;
        private final NaiveLedger now = new NaiveLedger();
        private final NaiveLedger past;
        private final int degree;

        Case(Random random) {
            this.random = random;
            this.degree = 2 + random.nextInt(3);
            int keys = random.nextInt(25);
            for (int i = 0; i < keys; i++) {
                now.of(namespace()).put(key(), version(random.nextInt(5), random.nextInt(3)));
            }
            past = new NaiveLedger(now);
            int changes = random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                if (random.nextBoolean()) {
                    now.of(namespace()).put(key(), version(5, random.nextInt(3)));
                } else {
                    now.of(namespace()).remove(key());
                }
            }
        }

        List<TxValidationCode> check(String description) {
            List<ReadWriteSet> transactions = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                transactions.add(transaction());
            }
            List<TxValidationCode> codes = judge(transactions);
            assertThat(codes)
                    .as(() -> description + " " + transactions)
                    .isEqualTo(new NaiveLedger(now).judge(6, transactions));
            return codes;
        }

        private List<TxValidationCode> judge(List<ReadWriteSet> transactions) {
            MemoryPeerLedger state = new MemoryPeerLedger();
            for (String namespace : NAMESPACES) {
                now.of(namespace)
                        .forEach((key, version) -> state.put(
                                new StateKey(namespace, key),
                                new VersionedValue(
                                        ByteString.copyFromUtf8("v"),
                                        ByteString.EMPTY,
                                        new Version(version.getBlockNum(), version.getTxNum()))));
            }
            ParsedBlock block = new ParsedBlock(
                    Block.newBuilder()
                            .setHeader(BlockHeader.newBuilder().setNumber(6))
                            .build(),
                    transactions.stream().map(Case::parsed).toList());
            ReadCheck check = new ReadCheck(state, CommittedEntries.of(block, state));
            List<TxValidationCode> codes = new ArrayList<>();
            for (int tx = 0; tx < transactions.size(); tx++) {
                codes.add(check.check(transactions.get(tx), new Version(6, tx)).code());
            }
            return codes;
        }

        private ReadWriteSet transaction() {
            NaiveLedger simulatedOn = random.nextInt(4) == 0 ? past : now;
            List<ReadWriteSet.Namespace> namespaces = new ArrayList<>();
            for (String namespace : NAMESPACES) {
                KVRWSet.Builder set = KVRWSet.newBuilder();
                reads(simulatedOn, namespace, set);
                writes(set);
                namespaces.add(new ReadWriteSet.Namespace(namespace, set.build(), List.of()));
            }
            return new ReadWriteSet(namespaces);
        }

        private void reads(NaiveLedger simulatedOn, String namespace, KVRWSet.Builder set) {
            int reads = random.nextInt(3);
            for (int i = 0; i < reads; i++) {
                set.addReads(simulatedOn.read(namespace, key()));
            }
            if (random.nextInt(3) == 0) {
                set.addRangeQueriesInfo(range(simulatedOn, namespace));
            }
        }

        private RangeQueryInfo range(NaiveLedger simulatedOn, String namespace) {
            String start = random.nextInt(3) == 0 ? "" : key();
            String end = random.nextInt(3) == 0 ? "" : key();
            List<KVRead> results = simulatedOn.range(namespace, start, end, false);
            boolean exhausted = results.isEmpty() || random.nextBoolean();
            if (!exhausted) {
                results = results.subList(0, 1 + random.nextInt(results.size()));
                end = results.get(results.size() - 1).getKey();
            }
            RangeQueryInfo.Builder query = RangeQueryInfo.newBuilder()
                    .setStartKey(start)
                    .setEndKey(end)
                    .setItrExhausted(exhausted);
            if (results.size() > degree && random.nextInt(4) > 0) {
                return query.setReadsMerkleHashes(NaiveLedger.summary(results, degree))
                        .build();
            }
            return query.setRawReads(QueryReads.newBuilder().addAllKvReads(results))
                    .build();
        }

        private void writes(KVRWSet.Builder set) {
            TreeSet<String> keys = new TreeSet<>();
            int writes = random.nextInt(3);
            for (int i = 0; i < writes; i++) {
                keys.add(key());
            }
            for (String key : keys) {
                int kind = random.nextInt(6);
                if (kind < 4) {
                    set.addWrites(KVWrite.newBuilder()
                            .setKey(key)
                            .setIsDelete(kind == 0)
                            .setValue(kind < 2 ? ByteString.EMPTY : ByteString.copyFromUtf8("w")));
                }
                if (kind >= 3) {
                    set.addMetadataWrites(KVMetadataWrite.newBuilder()
                            .setKey(key)
                            .addEntries(KVMetadataEntry.newBuilder().setName("m")));
                }
            }
        }

        private String namespace() {
            return NAMESPACES.get(random.nextInt(NAMESPACES.size()));
        }

        private String key() {
            StringBuilder key = new StringBuilder(LETTERS.get(random.nextInt(LETTERS.size())));
            while (random.nextInt(3) == 0) {
                key.append(LETTERS.get(random.nextInt(LETTERS.size())));
            }
            return key.toString();
        }

        private static org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version version(long block, long tx) {
            return org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version.newBuilder()
                    .setBlockNum(block)
                    .setTxNum(tx)
                    .build();
        }

        /** Only the set matters here. */
        private static ParsedTransaction parsed(ReadWriteSet set) {
            ParsedEnvelope envelope = new ParsedEnvelope(
                    ByteString.EMPTY,
                    Envelope.getDefaultInstance(),
                    Payload.getDefaultInstance(),
                    ChannelHeader.getDefaultInstance(),
                    SignatureHeader.getDefaultInstance());
            return new ParsedTransaction.Endorser(new EndorserTransaction(
                    envelope,
                    ByteString.EMPTY,
                    ChaincodeHeaderExtension.getDefaultInstance(),
                    ChaincodeProposalPayload.getDefaultInstance(),
                    ByteString.EMPTY,
                    ByteString.EMPTY,
                    ByteString.EMPTY,
                    ChaincodeAction.getDefaultInstance(),
                    set,
                    List.of()));
        }
    }
}
