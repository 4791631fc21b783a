package org.jangbu.tests.crash;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.rest.RestClient;

/**
 * Clients that pay each other, write keys of their own, and hand in envelopes without waiting for their commit; each keeps what it was told. They go on
 * until the server is gone.
 */
final class Load implements AutoCloseable {
    static final int ACCOUNTS = 48;
    static final long BALANCE = 1_000_000;

    private static final int CLIENTS = 12;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;
    private static final AtomicLong NEXT_KEY = new AtomicLong();
    private static final long SEED = 20_261_122;

    private final Receipts receipts;
    private final RestClient rest;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong refused = new AtomicLong();

    private Load(Receipts receipts, RestClient rest) {
        this.receipts = receipts;
        this.rest = rest;
    }

    /** Opens the accounts. */
    static void open(Receipts receipts, RestClient rest) throws IOException, InterruptedException, QuickStartException {
        for (int account = 0; account < ACCOUNTS; account++) {
            JsonObject commit =
                    rest.post(chaincode("remittance") + "/submit", call("open", name(account), Long.toString(BALANCE)));
            receipts.judged(commit.getString("transactionId"), block(commit), commit.getString("validationCode"), "");
        }
    }

    /** Begins. */
    static Load start(Receipts receipts, RestClient rest, int round) {
        Load load = new Load(receipts, rest);
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random(SEED + 1_000L * round + client);
            load.running.add(load.clients.submit(() -> {
                load.run(random);
                return null;
            }));
        }
        return load;
    }

    /** Returns when all clients have noticed that the server is gone. What else went wrong with one of them is thrown. */
    void awaitEnd() throws InterruptedException, ExecutionException {
        for (Future<?> client : running) {
            client.get();
        }
    }

    /** How many calls the server answered with a problem. */
    long refused() {
        return refused.get();
    }

    private void run(Random random) throws InterruptedException, QuickStartException {
        try {
            while (true) {
                switch (random.nextInt(3)) {
                    case 0 -> transfer(random);
                    case 1 -> put();
                    default -> handIn();
                }
            }
        } catch (IOException e) {
            // The server is gone: what it was asked last may have happened or not.
        }
    }

    private void transfer(Random random) throws IOException, InterruptedException, QuickStartException {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        note(rest.tryPost(chaincode("remittance") + "/submit", call("transfer", name(from), name(to), "1")), "");
    }

    private void put() throws IOException, InterruptedException, QuickStartException {
        String key = "key" + NEXT_KEY.incrementAndGet();
        note(rest.tryPost(chaincode("keyvalue") + "/submit", call("put", key, "value of " + key)), key);
    }

    private void handIn() throws IOException, InterruptedException, QuickStartException {
        String key = "key" + NEXT_KEY.incrementAndGet();
        RestClient.Answer endorsed = rest.tryPost(chaincode("keyvalue") + "/endorse", call("put", key, "handed in"));
        if (!endorsed.isOk()) {
            refused.incrementAndGet();
            return;
        }
        JsonObject transaction = endorsed.json().getJsonArray("transactions").getJsonObject(0);
        JsonObject message = Json.createObjectBuilder()
                .add("message", transaction.getString("envelope"))
                .build();
        note(rest.tryPost(CrashServer.CHANNEL + "/envelopes", message), key);
    }

    private void note(RestClient.Answer answer, String key) throws QuickStartException {
        switch (answer.status()) {
            case ACCEPTED -> receipts.accepted(answer.json().getString("transactionId"));
            case OK, CONFLICT -> judged(answer.json(), key);
            default -> refused.incrementAndGet();
        }
    }

    /** Also a conflict may be a verdict; or it is the endorsers', who did not agree, and nothing was handed in. */
    private void judged(JsonObject answer, String key) {
        if (answer.containsKey("validationCode")) {
            receipts.judged(answer.getString("transactionId"), block(answer), answer.getString("validationCode"), key);
        } else {
            refused.incrementAndGet();
        }
    }

    private static long block(JsonObject answer) {
        return answer.getJsonNumber("blockNumber").longValue();
    }

    private static String chaincode(String name) {
        return CrashServer.CHANNEL + "/chaincodes/" + name;
    }

    private static String name(int account) {
        return "account" + account;
    }

    private static JsonObject call(String function, String... arguments) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (String argument : arguments) {
            list.add(argument);
        }
        return Json.createObjectBuilder()
                .add("function", function)
                .add("args", list)
                .build();
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
