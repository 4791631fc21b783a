package org.jangbu.chaincode.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.GetState;
import org.jangbu.chaincode.packaging.ServiceAddress;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.chaincode.testkit.InMemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service may do and leave undone: its own transactions end with a clear word, every other goes on. */
@Timeout(60)
class ServiceRuntimeTest {
    /** All that a peer may ever send; KEEPALIVE ends some shims. */
    private static final Set<ChaincodeMessage.Type> SENT = EnumSet.of(
            ChaincodeMessage.Type.REGISTERED,
            ChaincodeMessage.Type.READY,
            ChaincodeMessage.Type.TRANSACTION,
            ChaincodeMessage.Type.INIT,
            ChaincodeMessage.Type.RESPONSE,
            ChaincodeMessage.Type.ERROR);

    private static final ServiceLimits HASTY = new ServiceLimits(Duration.ofSeconds(4), 1 << 20, 32);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            if (part instanceof FakeService service) {
                assertThat(service.received())
                        .extracting(ChaincodeMessage::getType)
                        .allMatch(SENT::contains);
            }
        }
        Collections.reverse(open);
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }

    /** Answers {@code echo} with its last argument; what else is asked, the test says. */
    private FakeService service(FakeService.Behaviour others) throws Exception {
        return opened(FakeService.start(echoOr(others)));
    }

    private static FakeService.Behaviour echoOr(FakeService.Behaviour others) {
        return (message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION
                    && FakeService.function(message).equals("echo")) {
                ChaincodeInput input = ChaincodeInput.parseFrom(message.getPayload());
                peer.onNext(FakeService.completed(
                        message, input.getArgs(input.getArgsCount() - 1).toStringUtf8()));
            } else {
                others.on(message, peer);
            }
        };
    }

    private static ChaincodeMessage getState(ChaincodeMessage transaction, String key) {
        return FakeService.of(transaction, ChaincodeMessage.Type.GET_STATE)
                .setPayload(GetState.newBuilder().setKey(key).build().toByteString())
                .build();
    }

    @Test
    void one_stream_carries_many_transactions_at_once_whatever_the_order_of_their_answers() throws Exception {
        List<ChaincodeMessage> waiting = new CopyOnWriteArrayList<>();
        FakeService service = service((message, peer) -> {
            waiting.add(message);
            if (waiting.size() == 32) {
                Collections.shuffle(waiting, new java.util.Random(7));
                for (ChaincodeMessage transaction : waiting) {
                    peer.onNext(FakeService.completed(
                            transaction,
                            ChaincodeInput.parseFrom(transaction.getPayload())
                                    .getArgs(1)
                                    .toStringUtf8()));
                }
            }
        });
        Calls calls = opened(Calls.to(service));

        List<CompletableFuture<String>> begun = calls.begin(32, "together");

        for (int i = 0; i < begun.size(); i++) {
            assertThat(begun.get(i).get()).isEqualTo(Integer.toString(i));
        }
        assertThat(service.streams()).isEqualTo(1);
    }

    @Test
    void a_transaction_says_what_is_asked_by_whom_and_when() throws Exception {
        FakeService service = service((message, peer) -> peer.onNext(FakeService.completed(message, "done")));
        Calls calls = opened(Calls.to(service));
        Invocation init = new Invocation(
                "channel1",
                "t1",
                List.of("begin".getBytes(UTF_8), new byte[] {0, -1}),
                true,
                new byte[0],
                java.time.Instant.ofEpochSecond(5, 6),
                Map.of(),
                new byte[0],
                org.hyperledger.fabric.protos.peer.SignedProposal.newBuilder()
                        .setSignature(ByteString.copyFromUtf8("signed"))
                        .build()
                        .toByteArray());

        assertThat(calls.call(new InMemoryLedger().simulate(), init)).isEqualTo("done");

        ChaincodeMessage sent = service.received().get(2);
        assertThat(sent.getType()).isEqualTo(ChaincodeMessage.Type.INIT);
        assertThat(sent.getTxid()).isEqualTo("t1");
        assertThat(sent.getChannelId()).isEqualTo("channel1");
        assertThat(sent.getTimestamp().getSeconds()).isEqualTo(5);
        assertThat(sent.getTimestamp().getNanos()).isEqualTo(6);
        assertThat(sent.getProposal().getSignature().toStringUtf8()).isEqualTo("signed");
        ChaincodeInput input = ChaincodeInput.parseFrom(sent.getPayload());
        assertThat(input.getIsInit()).isTrue();
        assertThat(input.getArgs(1).toByteArray()).containsExactly(0, -1);
    }

    @Test
    void a_call_that_hangs_ends_in_time_and_others_go_on() throws Exception {
        FakeService service = service((message, peer) -> {});
        Calls calls = opened(Calls.to(service, HASTY));

        CompletableFuture<String> hanging = calls.begin("hang");

        assertThat(calls.call("echo", "still here")).isEqualTo("still here");
        assertThatThrownBy(hanging::get).hasMessageContaining("timeout expired while executing transaction");
        assertThat(calls.call("echo", "and later")).isEqualTo("and later");
        assertThat(service.streams()).isEqualTo(1);
    }

    @Test
    void a_late_answer_is_not_taken_for_that_of_a_later_run() throws Exception {
        List<ChaincodeMessage> hung = new CopyOnWriteArrayList<>();
        FakeService service = service((message, peer) -> {
            if (FakeService.function(message).equals("release")) {
                peer.onNext(FakeService.completed(hung.get(0), "late"));
                peer.onNext(FakeService.completed(message, "released"));
            } else if (hung.isEmpty()) {
                hung.add(message);
            } else {
                peer.onNext(FakeService.completed(message, "fresh"));
            }
        });
        Calls calls = opened(Calls.to(service, HASTY));
        Invocation twice = Calls.transaction("t9", "hang");

        assertThatThrownBy(() -> calls.begin(twice).get()).hasMessageContaining("timeout expired");
        assertThatThrownBy(() -> calls.begin(twice).get()).hasMessageContaining("still at work on an earlier run");
        assertThat(calls.call("release")).isEqualTo("released");
        assertThat(calls.begin(twice).get()).isEqualTo("fresh");
    }

    @Test
    void a_service_that_dies_ends_what_runs_and_is_found_again_when_it_is_back() throws Exception {
        FakeService service = service((message, peer) -> {});
        int port = service.port();
        Calls calls = opened(Calls.to(service));
        assertThat(calls.call("echo", "before")).isEqualTo("before");
        List<CompletableFuture<String>> begun = calls.begin(5, "hang");
        await().until(() -> service.received().size() == 8);

        service.close();

        for (CompletableFuture<String> running : begun) {
            assertThatThrownBy(running::get).hasMessageEndingWith("chaincode stream terminated");
        }
        assertThatThrownBy(() -> calls.call("echo", "nobody")).hasMessageContaining("cannot be reached now");
        opened(FakeService.start(port, echoOr((message, peer) -> {})));
        await().ignoreExceptionsInstanceOf(ChaincodeExecutionException.class)
                .until(() -> calls.call("echo", "after").equals("after"));
    }

    @Test
    void a_second_request_before_the_first_is_answered_ends_its_transaction_only() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                peer.onNext(getState(message, "a"));
                peer.onNext(getState(message, "b"));
                peer.onNext(getState(message, "c"));
            }
        });
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.call("impatient"))
                .hasMessage("the chaincode sent GET_STATE before an earlier request was answered");
        assertThat(calls.call("echo", "x")).isEqualTo("x");
        assertThat(service.streams()).isEqualTo(1);
    }

    @Test
    void a_contract_whose_transaction_fails_while_its_request_is_served_is_told() throws Exception {
        CompletableFuture<Runnable> secondRequest = new CompletableFuture<>();
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                secondRequest.complete(() -> peer.onNext(getState(message, "b")));
                peer.onNext(getState(message, "a"));
            }
        });
        Calls calls = opened(Calls.to(service));

        CompletableFuture<String> served = calls.begin(
                Calls.reading(() -> {
                    secondRequest.join().run();
                    // Answered on the same stream, and so after the second request has arrived.
                    calls.begin("echo", "x").get();
                    return new byte[0];
                }),
                Calls.transaction("t6", "impatient"));

        assertThatThrownBy(served::get).hasMessageContaining("before an earlier request was answered");
        await().until(() -> service.wasRefused("t6"));
    }

    @Test
    void an_answer_ends_a_transaction_after_the_request_before_it_is_done() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                peer.onNext(FakeService.of(message, ChaincodeMessage.Type.PUT_STATE)
                        .setPayload(org.hyperledger.fabric.protos.peer.PutState.newBuilder()
                                .setKey("k")
                                .setValue(ByteString.copyFromUtf8("v"))
                                .build()
                                .toByteString())
                        .build());
                peer.onNext(FakeService.completed(message, "did not wait"));
            }
        });
        Calls calls = opened(Calls.to(service));
        InMemoryLedger ledger = new InMemoryLedger();
        var simulation = ledger.simulate();

        assertThat(calls.call(simulation, Calls.invocation("put"))).isEqualTo("did not wait");

        ledger.commit(simulation, "t", java.time.Instant.EPOCH);
        assertThat(ledger.simulate().getState("", "k")).isEqualTo("v".getBytes(UTF_8));
    }

    @Test
    void messages_of_no_known_or_no_fitting_type_end_their_transaction_only() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                ChaincodeMessage.Builder odd = FakeService.of(message, ChaincodeMessage.Type.UNDEFINED);
                switch (FakeService.function(message)) {
                    case "unknown" -> odd.setTypeValue(99);
                    case "keepalive" -> odd.setType(ChaincodeMessage.Type.KEEPALIVE);
                    default -> odd.setType(ChaincodeMessage.Type.REGISTER);
                }
                peer.onNext(odd.build());
            }
        });
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.call("unknown")).hasMessageContaining("a message of unknown type 99");
        assertThatThrownBy(() -> calls.call("keepalive")).hasMessageContaining("KEEPALIVE, which asks nothing");
        assertThatThrownBy(() -> calls.call("register")).hasMessageContaining("REGISTER, which asks nothing");
        assertThat(calls.call("echo", "x")).isEqualTo("x");
        assertThat(service.streams()).isEqualTo(1);
    }

    @Test
    void a_message_that_is_too_large_ends_its_transaction_and_a_gigantic_one_its_stream() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                int size = FakeService.function(message).equals("large") ? 2 << 20 : 65 << 20;
                peer.onNext(FakeService.of(message, ChaincodeMessage.Type.COMPLETED)
                        .setPayload(ByteString.copyFrom(new byte[size]))
                        .build());
            }
        });
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.call("large")).hasMessageContaining("the chaincode sent a message of 20");
        assertThat(calls.call("echo", "same stream")).isEqualTo("same stream");
        assertThat(service.streams()).isEqualTo(1);
        assertThatThrownBy(() -> calls.call("gigantic")).hasMessageEndingWith("chaincode stream terminated");
        assertThat(calls.call("echo", "next stream")).isEqualTo("next stream");
        assertThat(service.streams()).isEqualTo(2);
    }

    @Test
    void a_request_that_is_too_large_is_refused_so_that_nobody_waits_for_the_reply() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                peer.onNext(FakeService.of(message, ChaincodeMessage.Type.PUT_STATE)
                        .setPayload(ByteString.copyFrom(new byte[2 << 20]))
                        .build());
            }
        });
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.begin(Calls.transaction("t7", "put")).get())
                .hasMessageContaining("the chaincode sent a message of 20");

        await().until(() -> service.wasRefused("t7"));
    }

    @Test
    void after_an_answer_that_is_too_large_nothing_more_is_waited_for() throws Exception {
        List<ChaincodeMessage> runs = new CopyOnWriteArrayList<>();
        FakeService service = service((message, peer) -> {
            runs.add(message);
            peer.onNext(FakeService.completed(message, runs.size() == 1 ? "x".repeat(2 << 20) : "smaller"));
        });
        Calls calls = opened(Calls.to(service));
        Invocation twice = Calls.transaction("t8", "answer");

        assertThatThrownBy(() -> calls.begin(twice).get()).hasMessageContaining("the chaincode sent a message of 20");
        assertThat(calls.begin(twice).get()).isEqualTo("smaller");
    }

    @Test
    void a_contract_that_writes_and_writes_is_ended() throws Exception {
        ChaincodeMessage[] running = new ChaincodeMessage[1];
        FakeService service = service((message, peer) -> {
            running[0] = message.getType() == ChaincodeMessage.Type.TRANSACTION ? message : running[0];
            peer.onNext(FakeService.of(running[0], ChaincodeMessage.Type.PUT_STATE)
                    .setPayload(org.hyperledger.fabric.protos.peer.PutState.newBuilder()
                            .setKey("k")
                            .setValue(ByteString.copyFrom(new byte[100_000]))
                            .build()
                            .toByteString())
                    .build());
        });
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.call("write")).hasMessageContaining("wrote more than 1048576 bytes");
        assertThat(calls.call("echo", "x")).isEqualTo("x");
    }

    @Test
    void words_about_transactions_that_do_not_run_harm_nobody_and_are_answered_with_an_error() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                ChaincodeMessage other =
                        message.toBuilder().setTxid("never heard of").build();
                for (int i = 0; i < 1_000; i++) {
                    peer.onNext(FakeService.completed(other, "forged"));
                    peer.onNext(ChaincodeMessage.newBuilder().setTypeValue(77).build());
                }
                peer.onNext(getState(other, "a"));
                peer.onNext(FakeService.completed(message, "mine"));
            }
        });
        Calls calls = opened(Calls.to(service));

        assertThat(calls.call("talk")).isEqualTo("mine");
        await().untilAsserted(() -> assertThat(service.received())
                .anyMatch(m -> m.getType() == ChaincodeMessage.Type.ERROR
                        && m.getPayload().toStringUtf8().endsWith("the transaction does not run")));
    }

    @Test
    void an_error_of_the_contract_is_told_and_an_answer_that_cannot_be_read_too() throws Exception {
        FakeService service = service((message, peer) -> {
            boolean error = FakeService.function(message).equals("fail");
            peer.onNext(FakeService.of(message, error ? ChaincodeMessage.Type.ERROR : ChaincodeMessage.Type.COMPLETED)
                    .setPayload(ByteString.copyFromUtf8(error ? "no such asset" : "\u0001garbage"))
                    .build());
        });
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.call("fail")).hasMessage("transaction returned with failure: no such asset");
        assertThatThrownBy(() -> calls.call("garbage")).hasMessage("the chaincode's answer cannot be read");
    }

    @Test
    void when_the_peer_itself_fails_the_transaction_ends_whatever_the_contract_does() throws Exception {
        FakeService service = service((message, peer) -> {
            if (message.getType() == ChaincodeMessage.Type.TRANSACTION) {
                peer.onNext(getState(message, "a"));
            } else {
                peer.onNext(FakeService.completed(message, "never mind"));
            }
        });
        Calls calls = opened(Calls.to(service));
        RuntimeException outage = new IllegalStateException("the database is gone");
        var broken = (org.jangbu.chaincode.spi.ChaincodeHost) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {org.jangbu.chaincode.spi.ChaincodeHost.class},
                (proxy, method, args) -> {
                    throw outage;
                });

        assertThatThrownBy(() -> calls.call(broken, Calls.invocation("read")))
                .hasMessage("the peer could not answer it")
                .hasCause(outage);
        assertThat(calls.call("echo", "x")).isEqualTo("x");
    }

    @Test
    void a_service_that_registers_as_another_package_is_refused_by_name() throws Exception {
        FakeService service = service((message, peer) -> {}).registeringAs("somebody:else\n");
        Calls calls = opened(Calls.to(service));

        assertThatThrownBy(() -> calls.call("echo", "x"))
                .hasMessageContaining(
                        "cannot be reached now: the service registered as 'somebody:else?', not as package "
                                + FakeService.PACKAGE);
        service.registeringAs(FakeService.PACKAGE);
        await().ignoreExceptionsInstanceOf(ChaincodeExecutionException.class)
                .until(() -> calls.call("echo", "x").equals("x"));
    }

    @Test
    void a_service_that_never_registers_is_given_up_in_time() throws Exception {
        FakeService service = service((message, peer) -> {}).registeringAs(null);
        Calls calls = opened(Calls.to(service.port(), Optional.empty()));

        assertThatThrownBy(() -> calls.call("echo", "x"))
                .hasMessageContaining("it is not connected and registered in time");
        await().until(() -> service.openStreams() == 0);
    }

    @Test
    void a_port_at_which_no_gRPC_is_spoken_is_given_up_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Calls calls = opened(Calls.to(silent.getLocalPort(), Optional.empty()));

            assertThatThrownBy(() -> calls.call("echo", "x")).hasMessageContaining("cannot be reached now");
        }
    }

    @Test
    void while_nobody_is_there_calls_are_refused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Calls calls = opened(Calls.to(port, Optional.empty()));
        assertThatThrownBy(() -> calls.call("echo", "x")).hasMessageContaining("cannot be reached now");

        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> calls.call("echo", "x")).hasMessageContaining("cannot be reached now");
        }
    }

    @Test
    void a_service_that_does_not_read_costs_bounded_memory_and_is_given_up() throws Exception {
        FakeService service = service((message, peer) -> {}).deaf();
        Calls calls = opened(Calls.to(service, HASTY));
        String megabyte = "x".repeat(1 << 20);

        List<String> ends = new ArrayList<>(ends(calls.begin(8, megabyte)));
        // When their time was over, the service had not been deaf for as long yet.
        ends.addAll(ends(calls.begin(8, megabyte)));

        assertThat(ends).anyMatch(end -> end.endsWith("chaincode stream terminated"));
        await().until(() -> service.openStreams() < service.streams());
    }

    private static List<String> ends(List<CompletableFuture<String>> begun) {
        return begun.stream()
                .map(running ->
                        running.handle((text, failure) -> failure.getMessage()).join())
                .collect(Collectors.toList());
    }

    @Test
    void a_stream_that_the_service_ends_properly_or_with_an_error_is_dialled_anew() throws Exception {
        FakeService service = service((message, peer) -> {
            if (FakeService.function(message).equals("leave")) {
                peer.onCompleted();
            } else {
                peer.onError(Status.INTERNAL.withDescription("broken").asRuntimeException());
            }
        });
        Calls calls = opened(Calls.to(service));

        for (String way : List.of("leave", "break")) {
            assertThat(calls.call("echo", "x")).isEqualTo("x");
            assertThatThrownBy(() -> calls.call(way)).hasMessage("chaincode stream terminated");
        }
        assertThat(calls.call("echo", "x")).isEqualTo("x");
        assertThat(service.streams()).isEqualTo(3);
    }

    @Test
    void undeployment_ends_what_runs_and_leaves_neither_thread_nor_connection() throws Exception {
        FakeService service = service((message, peer) -> {});
        List<Thread> made = new CopyOnWriteArrayList<>();
        ServiceDeployer deployer = new ServiceDeployer(work -> {
            Thread thread = new Thread(work);
            made.add(thread);
            return thread;
        });
        ChaincodeRuntime runtime = deployer.deploy(
                FakeService.PACKAGE,
                new ServiceEndpoint(
                        new ServiceAddress("127.0.0.1", service.port()), Duration.ofSeconds(60), Optional.empty()),
                Calls.LIMITS);
        CompletableFuture<Throwable> running = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                runtime.invoke(Calls.invocation("hang"), new InMemoryLedger().simulate());
            } catch (ChaincodeExecutionException e) {
                running.complete(e);
            }
        });
        caller.start();
        await().until(() -> service.received().size() == 3);
        assertThat(service.openStreams()).isEqualTo(1);

        runtime.close();

        assertThat(running.get()).hasMessage("the chaincode was undeployed");
        await().until(() -> service.openStreams() == 0);
        assertThatThrownBy(() -> runtime.invoke(Calls.invocation("echo"), new InMemoryLedger().simulate()))
                .hasMessageContaining("not deployed any more");
        deployer.close();
        await().untilAsserted(() -> assertThat(made).isNotEmpty().noneMatch(Thread::isAlive));
        caller.join();
    }

    @Test
    void more_calls_than_places_wait_for_their_turn() throws Exception {
        FakeService service = service((message, peer) -> {});
        Calls calls = opened(Calls.to(service, new ServiceLimits(Duration.ofSeconds(4), 1 << 20, 2)));
        List<CompletableFuture<String>> hanging = calls.begin(2, "hang");
        await().until(() -> service.received().size() == 4);

        assertThat(calls.call("echo", "after them")).isEqualTo("after them");

        await().until(() -> hanging.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    }
}
