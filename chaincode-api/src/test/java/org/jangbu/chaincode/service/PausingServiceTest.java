package org.jangbu.chaincode.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.GetState;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that reads nothing for a while, as any does that is sent much: what happens meanwhile harms no other transaction and leaves nobody waiting. */
@Timeout(60)
class PausingServiceTest {
    private static final ServiceLimits HASTY = new ServiceLimits(Duration.ofSeconds(4), 1 << 20, 32);

    private final CompletableFuture<StreamObserver<ChaincodeMessage>> stream = new CompletableFuture<>();

    /** Answers {@code echo}, reads one state for {@code read} and {@code fill}, pauses at {@code fill}, and leaves the rest to the test. */
    private FakeService service() throws Exception {
        return FakeService.start((message, peer) -> {
                    stream.complete(peer);
                    if (message.getType() == ChaincodeMessage.Type.RESPONSE) {
                        peer.onNext(FakeService.completed(message, "read"));
                    } else if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                        switch (FakeService.function(message)) {
                            case "echo" ->
                                peer.onNext(FakeService.completed(
                                        message,
                                        ChaincodeInput.parseFrom(message.getPayload())
                                                .getArgs(1)
                                                .toStringUtf8()));
                            case "read", "fill" -> peer.onNext(getState(message));
                            default -> {}
                        }
                    }
                })
                .pausingAt("fill");
    }

    private static ChaincodeMessage getState(ChaincodeMessage transaction) {
        return FakeService.of(transaction, ChaincodeMessage.Type.GET_STATE)
                .setPayload(GetState.newBuilder().setKey("k").build().toByteString())
                .build();
    }

    /** Makes the service pause and sends it so much that nothing more goes to it. */
    private static CompletableFuture<String> fill(Calls calls) {
        AtomicReference<Thread> sender = new AtomicReference<>();
        CompletableFuture<String> filling = calls.begin(
                Calls.reading(() -> {
                    sender.set(Thread.currentThread());
                    return new byte[1 << 20];
                }),
                Calls.invocation("fill"));
        // It has sent what was read and waits for the answer.
        await().until(() -> sender.get() != null && sender.get().getState() == Thread.State.TIMED_WAITING);
        return filling;
    }

    private static ChaincodeMessage transaction(FakeService service, String txId) {
        return service.received().stream()
                .filter(m -> m.getTxid().equals(txId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_call_that_is_late_while_the_service_pauses_ends_alone_and_its_contract_is_told() throws Exception {
        try (FakeService service = service();
                Calls calls = Calls.to(service, HASTY)) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch overdue = new CountDownLatch(1);
            CompletableFuture<String> late = calls.begin(
                    Calls.reading(() -> {
                        asked.countDown();
                        overdue.await();
                        return new byte[0];
                    }),
                    Calls.transaction("late", "read"));
            asked.await();
            // Begun later, so that its end says that the other's time is over too.
            assertThatThrownBy(() -> calls.begin("hang").get()).hasMessageContaining("timeout expired");

            CompletableFuture<String> filling = fill(calls);
            overdue.countDown();

            assertThatThrownBy(late::get).hasMessageContaining("timeout expired while executing transaction");
            service.goOn();
            assertThat(filling.get()).isEqualTo("read");
            await().until(() -> service.wasRefused("late"));
            assertThat(service.streams()).isEqualTo(1);
        }
    }

    @Test
    void a_call_whose_time_is_over_before_the_service_hears_of_it_may_be_made_again() throws Exception {
        try (FakeService service = service();
                Calls calls = Calls.to(service, HASTY)) {
            Invocation inner = Calls.transaction("inner", "echo", "x");
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch overdue = new CountDownLatch(1);
            CompletableFuture<String> outer = calls.begin(
                    Calls.reading(() -> {
                        asked.countDown();
                        overdue.await();
                        // On this thread, so that it has no more time than the one that calls it.
                        assertThatThrownBy(() -> calls.call(new InMemoryLedger().simulate(), inner))
                                .hasMessage("timeout expired while executing transaction");
                        return new byte[0];
                    }),
                    Calls.invocation("read"));
            asked.await();
            assertThatThrownBy(() -> calls.begin("hang").get()).hasMessageContaining("timeout expired");
            CompletableFuture<String> filling = fill(calls);
            overdue.countDown();
            assertThatThrownBy(outer::get).hasMessageContaining("timeout expired while executing transaction");
            service.goOn();
            assertThat(filling.get()).isEqualTo("read");

            assertThat(calls.begin(inner).get()).isEqualTo("x");
            assertThat(service.streams()).isEqualTo(1);
        }
    }

    @Test
    void contracts_that_ask_in_vain_while_the_service_pauses_are_told_when_it_reads_again() throws Exception {
        try (FakeService service = service();
                Calls calls = Calls.to(service)) {
            CompletableFuture<String> odd = calls.begin(Calls.transaction("odd", "hold"));
            CompletableFuture<String> large = calls.begin(Calls.transaction("large", "hold"));
            await().until(() -> service.received().size() == 4);
            CompletableFuture<String> filling = fill(calls);

            StreamObserver<ChaincodeMessage> peer = stream.join();
            ChaincodeMessage asking = transaction(service, "odd");
            peer.onNext(FakeService.of(asking, ChaincodeMessage.Type.KEEPALIVE).build());
            assertThatThrownBy(odd::get).hasMessageContaining("which asks nothing");
            peer.onNext(getState(asking));
            peer.onNext(FakeService.of(transaction(service, "large"), ChaincodeMessage.Type.PUT_STATE)
                    .setPayload(ByteString.copyFrom(new byte[2 << 20]))
                    .build());
            assertThatThrownBy(large::get).hasMessageContaining("the chaincode sent a message of 20");
            service.goOn();

            await().until(() -> service.wasRefused("odd"));
            await().until(() -> service.wasRefused("large"));
            assertThat(filling.get()).isEqualTo("read");
            assertThat(service.streams()).isEqualTo(1);
        }
    }
}
