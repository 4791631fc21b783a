package org.jangbu.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What is asked of the network. Slots are the requests in flight, numbered from 0; a slot asks again only when it was answered. */
public interface Workload {
    /** The next request of a slot. */
    Call next(int slot);

    /** Requests that make the ledger ready, sent and awaited before anything is measured. */
    default List<Call> preparation() {
        return List.of();
    }

    /** One call of a chaincode. {@code submit} tells whether it is ordered or only evaluated. */
    record Call(String chaincode, boolean submit, String function, List<String> args) {}

    /** Each write is 200 bytes under a key that was never used: nothing can conflict. */
    static Workload freshKeys() {
        String run = Long.toHexString(new Random().nextLong());
        AtomicLong count = new AtomicLong();
        String value = "v".repeat(200);
        return slot -> new Call("keyvalue", true, "put", List.of(run + "-" + count.incrementAndGet(), value));
    }

    /** Each slot pays to and fro between two accounts of its own: read, check, write, without conflicts between slots. */
    static Workload transfers(int slots) {
        String run = Long.toHexString(new Random().nextLong());
        return new Workload() {
            private final AtomicLong count = new AtomicLong();

            @Override
            public Call next(int slot) {
                boolean forth = count.incrementAndGet() % 2 == 0;
                String a = account(slot, "a");
                String b = account(slot, "b");
                return new Call("remittance", true, "transfer", List.of(forth ? a : b, forth ? b : a, "1"));
            }

            @Override
            public List<Call> preparation() {
                return java.util.stream.IntStream.range(0, slots)
                        .boxed()
                        .flatMap(slot -> List.of("a", "b").stream()
                                .map(side -> new Call(
                                        "remittance", true, "open", List.of(account(slot, side), "1000000000"))))
                        .toList();
            }

            private String account(int slot, String side) {
                return run + "-" + slot + side;
            }
        };
    }

    /** Reads one balance, over and over: nothing is ordered. */
    static Workload evaluations() {
        String account = "e" + Long.toHexString(new Random().nextLong());
        return new Workload() {
            @Override
            public Call next(int slot) {
                return new Call("remittance", false, "balance", List.of(account));
            }

            @Override
            public List<Call> preparation() {
                return List.of(new Call("remittance", true, "open", List.of(account, "1")));
            }
        };
    }
}
