package org.jangbu.samples.limit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.EndorsedTransaction;
import org.jangbu.chaincode.plugin.Endorser;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.StateEntry;
import org.jangbu.chaincode.plugin.StateView;
import org.jangbu.chaincode.plugin.StateWrite;
import org.junit.jupiter.api.Test;

class LimitTest {
    private final Map<String, String> state = new HashMap<>(Map.of("A", account("A", 1_500_000), "odd", "?"));

    @Test
    void an_account_holds_so_much_and_no_more() {
        assertThat(endorsed(write("A", account("A", 2_000_000)))).isTrue();
        assertThat(endorsed(write("A", account("A", 2_000_001)))).isFalse();
        assertThat(endorsed(write("A", account("A", 1)), write("B", account("B", 2_000_001))))
                .isFalse();
        assertThat(endorsed(write("A", "no account"))).isFalse();
        assertThat(endorsed(deleted("A"))).isTrue();
        assertThat(endorsed(new StateWrite("other", "", "x", "anything".getBytes(UTF_8), false)))
                .isTrue();
        assertThat(endorsed()).isTrue();
    }

    @Test
    void so_much_moves_at_once_and_no_more() {
        assertThat(valid(write("A", account("A", 500_000)))).isTrue();
        assertThat(valid(write("A", account("A", 499_999)))).isFalse();
        assertThat(valid(write("A", account("A", 2_500_001)))).isFalse();
        assertThat(valid(write("new", account("new", 1_900_000)))).isTrue();
        assertThat(valid(write("A", "no account"))).isFalse();
        assertThat(valid(write("odd", account("odd", 1)))).isFalse();
        assertThat(valid(deleted("A"))).isFalse();
        assertThat(valid()).isTrue();
    }

    @Test
    void what_vscc_refuses_is_refused() {
        assertThat(new AmountLimit().validate(new Judged(Decision.refuse("one is missing"))))
                .isEqualTo(Decision.refuse("one is missing"));
    }

    private static boolean endorsed(StateWrite... writes) {
        return new BalanceCap()
                .decide(new SimulatedProposal(
                        "channel1",
                        "tx",
                        Instant.EPOCH,
                        new byte[0],
                        "remittance",
                        "1.0",
                        List.of(),
                        Map.of(),
                        200,
                        "",
                        new byte[0],
                        List.of(writes),
                        new byte[0]))
                .accepted();
    }

    private boolean valid(StateWrite... writes) {
        return new AmountLimit().validate(new Judged(Decision.accept(), writes)).accepted();
    }

    private static StateWrite write(String key, String value) {
        return new StateWrite("remittance", "", key, value.getBytes(UTF_8), false);
    }

    private static StateWrite deleted(String key) {
        return new StateWrite("remittance", "", key, new byte[0], true);
    }

    private static String account(String name, long balance) {
        return "{\"account\":\"" + name + "\",\"balance\":" + balance + "}";
    }

    /** A transaction on the accounts of this test. */
    private final class Judged implements EndorsedTransaction, StateView {
        private final Decision standard;
        private final List<StateWrite> writes;

        private Judged(Decision standard, StateWrite... writes) {
            this.standard = standard;
            this.writes = List.of(writes);
        }

        @Override
        public Optional<byte[]> get(String namespace, String key) {
            return Optional.ofNullable(state.get(key)).map(value -> value.getBytes(UTF_8));
        }

        @Override
        public List<StateEntry> range(String namespace, String start, String end, int limit) {
            return List.of();
        }

        @Override
        public StateView state() {
            return this;
        }

        @Override
        public Decision standard() {
            return standard;
        }

        @Override
        public List<StateWrite> writes() {
            return writes;
        }

        @Override
        public String channel() {
            return "channel1";
        }

        @Override
        public long block() {
            return 1;
        }

        @Override
        public String txId() {
            return "tx";
        }

        @Override
        public Instant timestamp() {
            return Instant.EPOCH;
        }

        @Override
        public byte[] creator() {
            return new byte[0];
        }

        @Override
        public String chaincode() {
            return "remittance";
        }

        @Override
        public List<byte[]> arguments() {
            return List.of();
        }

        @Override
        public String namespace() {
            return "remittance";
        }

        @Override
        public byte[] action() {
            return new byte[0];
        }

        @Override
        public List<Endorser> endorsers() {
            return List.of();
        }

        @Override
        public byte[] parameter() {
            return new byte[0];
        }
    }
}
