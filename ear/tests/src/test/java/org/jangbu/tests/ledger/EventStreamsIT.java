package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.network.EventReader;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.FurtherChannel;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events over REST: nothing lost and nothing twice, whatever happens to the connection, and nothing for those whom it does not concern. */
@Timeout(120)
class EventStreamsIT extends NetworkTest {
    private static final String REMITTANCES = Rest.channel() + "/events/chaincodes/remittance";
    private static final String BLOCKS = Rest.channel() + "/events/blocks";

    private final Rest user = Rest.as(QuickStartUsers.userOfOrg1());
    private final String account = Fresh.name("events");

    @BeforeEach
    void open() throws Exception {
        network.open(account, 1000);
        network.open(account + "-b", 0);
    }

    /** A payment, as its event is named. */
    private record Payment(String transaction, long block) {
        String id() {
            return block + ":" + transaction;
        }
    }

    private Payment pay() throws IOException, InterruptedException {
        Rest.Answer answer = user.submit("remittance", "transfer", account, account + "-b", "1");
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
        return new Payment(
                answer.json().getString("transactionId"),
                answer.json().getJsonNumber("blockNumber").longValue());
    }

    private static EventReader.Event next(EventReader events) throws IOException {
        return Objects.requireNonNull(events.next(), "the stream has ended");
    }

    @Test
    void whoever_is_cut_off_goes_on_exactly_behind_the_last_event() throws Exception {
        List<Payment> payments = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        String last;
        try (EventReader events = user.events(REMITTANCES, "")) {
            payments.add(pay());
            EventReader.Event event = next(events);
            seen.add(event.id());
            last = event.id();
            assertThat(event.json().getString("eventName")).isEqualTo("transfer");
            assertThat(event.json().getString("chaincode")).isEqualTo("remittance");
            assertThat(event.json().getString("payload")).isNotEmpty();
        }
        for (int i = 0; i < 3; i++) {
            payments.add(pay());
        }
        while (seen.size() < payments.size()) {
            try (EventReader events = user.events(REMITTANCES, last)) {
                last = next(events).id();
                seen.add(last);
            }
        }
        assertThat(seen).isEqualTo(payments.stream().map(Payment::id).toList());
        String transaction = payments.get(0).transaction();
        try (EventReader events = user.events(REMITTANCES + "?after=" + transaction, "")) {
            assertThat(next(events).id())
                    .as("as over gRPC")
                    .isEqualTo(payments.get(1).id());
        }
        try (EventReader events =
                user.events(REMITTANCES + "?from=" + payments.get(2).block(), "")) {
            assertThat(next(events).id()).isEqualTo(payments.get(2).id());
        }
    }

    @Test
    void blocks_and_filtered_blocks_are_those_of_the_ledger() throws Exception {
        Payment payment = pay();
        long number = payment.block();
        try (EventReader events = user.events(BLOCKS + "?from=" + number, "")) {
            EventReader.Event event = next(events);
            assertThat(event.id()).isEqualTo(Long.toString(number));
            assertThat(event.json())
                    .isEqualTo(user.get(Rest.channel() + "/blocks/" + number).json());
        }
        try (EventReader events = user.events(Rest.channel() + "/events/filtered-blocks", Long.toString(number - 1))) {
            EventReader.Event event = next(events);
            assertThat(event.id()).isEqualTo(Long.toString(number));
            assertThat(event.json()
                            .getJsonArray("transactions")
                            .getJsonObject(0)
                            .toString())
                    .contains(payment.transaction(), "\"VALID\"", "\"eventName\":\"transfer\"")
                    .doesNotContain(account);
        }
    }

    @Test
    void a_point_to_begin_at_that_is_none_is_refused() throws Exception {
        for (String path : List.of(BLOCKS + "?from=-1", BLOCKS + "?from=x", REMITTANCES + "?after=%20")) {
            assertThat(user.get(path).status()).as(path).isIn(400, 406);
        }
        for (String last : List.of("x", "1:a", "-1")) {
            assertThat(refusal(user, BLOCKS, last)).as(last).startsWith("400 ").contains("Last-Event-ID");
        }
        assertThat(refusal(user, REMITTANCES, "1")).contains("\"invalid-parameter\"");
    }

    private static String refusal(Rest caller, String path, String last) throws Exception {
        try (EventReader events = caller.events(path, last)) {
            return "200 " + events.next();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void strangers_hear_nothing_and_no_event_of_a_channel_comes_by_another() throws Exception {
        FurtherChannel theirs =
                FurtherChannel.of(Fresh.name("theirs"), 2).founded().with(TrialContract.REMITTANCE);
        String events = theirs.path() + "/events/";
        for (String path : List.of(events + "blocks", events + "filtered-blocks", events + "chaincodes/remittance")) {
            assertThat(refusal(user, path, "")).as(path).startsWith("404 ").contains("channel-not-found");
            assertThat(refusal(Rest.asNobody(), path, "")).as(path).startsWith("401 ");
        }
        try (EventReader here = user.events(REMITTANCES, "");
                EventReader blocksHere = user.events(Rest.channel() + "/events/filtered-blocks", "");
                EventReader there = FurtherChannel.user(2).events(events + "chaincodes/remittance", "")) {
            String foreign = Fresh.name("foreign");
            assertThat(theirs.submit(2, "remittance", "open", foreign, "10").outcome())
                    .isEqualTo("200 VALID");
            assertThat(theirs.submit(2, "remittance", "open", foreign + "-b", "0")
                            .outcome())
                    .isEqualTo("200 VALID");
            Rest.Answer paid = theirs.submit(2, "remittance", "transfer", foreign, foreign + "-b", "1");
            String transaction = paid.json().getString("transactionId");
            Payment own = pay();
            assertThat(next(there).json().getString("transactionId")).isEqualTo(transaction);
            assertThat(next(here).id())
                    .as("the same contract's event on another channel did not come by this one")
                    .isEqualTo(own.id());
            EventReader.Event block = next(blocksHere);
            assertThat(block.id()).isEqualTo(Long.toString(own.block()));
            assertThat(block.data()).doesNotContain(transaction).contains(own.transaction());
            assertThat(refusal(user, REMITTANCES + "?from=0&after=" + transaction, "x"))
                    .startsWith("400 ");
        }
    }

    @Test
    void a_reader_that_takes_nothing_is_given_up_and_others_go_on() throws Exception {
        long first = network.height();
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 6; i++) {
            assertThat(user.submit("keyvalue", "put", Fresh.name("large"), large)
                            .outcome())
                    .isEqualTo("200 VALID");
        }
        URI server = TrialServer.installation().server().http();
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.setSoTimeout(30_000);
            slow.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            slow.getOutputStream()
                    .write(("GET /api/v1/" + BLOCKS + "?from=" + first
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                                    + user.authorization()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            int log = Network.logLength();
            Payment payment = pay();
            try (EventReader events = user.events(BLOCKS + "?from=" + payment.block(), "")) {
                assertThat(next(events).data()).contains(payment.transaction());
            }
            await().atMost(TrialServer.EVENT_PATIENCE.multipliedBy(10))
                    .until(() -> Network.logSince(log).contains("JANGBU4042"));
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(
                            "it got what the network kept for it, then the end, and not the payment behind six large blocks")
                    .isNotEmpty()
                    .doesNotContain(payment.transaction());
        }
    }
}
