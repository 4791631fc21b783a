package org.jangbu.tests.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.rest.ContractAgreement;
import org.jangbu.tests.server.TrialServer;

/** The network as its users see it. */
public final class Network {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration COMMITTED = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static boolean defined;

    private final Rest user = Rest.as(QuickStartUsers.userOfOrg1());

    public Rest user() {
        return user;
    }

    /** Whether the application answers at all. */
    boolean isDeployed() throws InterruptedException {
        try {
            return status(TrialServer.installation().server().http().resolve("/health/live")) != 404;
        } catch (IOException e) {
            return false;
        }
    }

    /** HTTP status of an address, without credentials. */
    public static int status(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Health for operators. */
    public static URI managementHealth() {
        return TrialServer.installation().server().management().resolve("/health/ready");
    }

    /** Health for load balancers. */
    public static URI applicationHealth() {
        return TrialServer.installation().server().http().resolve("/health/ready");
    }

    /** Waits until both doors say that the server is ready. */
    public void awaitReady() {
        await().atMost(READY).ignoreExceptions().untilAsserted(() -> {
            assertThat(status(managementHealth())).isEqualTo(200);
            assertThat(status(applicationHealth())).isEqualTo(200);
        });
    }

    /** Writes the definitions of the tests' contracts, once. */
    void defineContracts() throws IOException, InterruptedException, QuickStartException {
        if (defined) {
            return;
        }
        ContractAgreement agreement =
                new ContractAgreement(TrialServer.installation().server().http(), QuickStartUsers.administrators());
        for (TrialContract contract : TrialServer.CONTRACTS) {
            assertThat(agreement.on(contract))
                    .as("approved twice and committed")
                    .hasSize(3)
                    .allSatisfy(answer ->
                            assertThat(answer.getString("validationCode")).isEqualTo("VALID"));
        }
        defined = true;
    }

    /** Number of blocks, as REST tells it. */
    public long height() throws IOException, InterruptedException {
        return user.get(Rest.channel()).json().getJsonNumber("height").longValue();
    }

    /** Sequence of the channel's configuration. */
    public long configSequence() throws IOException, InterruptedException {
        return user.get(Rest.channel() + "/config")
                .json()
                .getJsonNumber("sequence")
                .longValue();
    }

    /** A committed block with all its metadata. */
    public Block block(long number) throws IOException, InterruptedException {
        try {
            return Block.parseFrom(user.getBytes(Rest.channel() + "/blocks/" + number + "/raw"));
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("block " + number + " is no block", e);
        }
    }

    /** The newest block. */
    public Block newestBlock() throws IOException, InterruptedException {
        return block(height() - 1);
    }

    /** Hands envelopes to the orderers as one batch, past the door that would judge each, and gives the verdicts on them. */
    public List<TxValidationCode> order(Envelope... envelopes) throws Exception {
        return order(List.of(envelopes).stream().map(Envelope::toByteString).toList());
    }

    /** The same for bytes that need not be envelopes. */
    public List<TxValidationCode> order(List<ByteString> envelopes) throws Exception {
        long before = height();
        try (BrokerDoor door = BrokerDoor.as("broadcaster")) {
            door.sendBatch(configSequence(), envelopes);
        }
        await().atMost(COMMITTED).until(() -> height() > before);
        Block block = block(before);
        assertThat(block.getData().getDataList())
                .as("the batch is one block, in the order of its transactions")
                .isEqualTo(envelopes);
        return TransactionsFilter.of(block).codes();
    }

    /** What a key holds on the peer that is asked; empty if there is no such key. */
    public String value(String key) throws IOException, InterruptedException {
        Rest.Answer answer = user.evaluate("keyvalue", "get", key);
        return answer.status() == 200 ? answer.json().getString("result") : "";
    }

    /** The balance of an account, as text. */
    public String balance(String account) throws IOException, InterruptedException {
        Rest.Answer answer = user.evaluate("remittance", "balance", account);
        return answer.status() == 200 ? answer.json().getString("result") : "";
    }

    /** Opens an account that only this test uses. */
    public void open(String account, long balance) throws IOException, InterruptedException {
        assertThat(user.submit("remittance", "open", account, Long.toString(balance))
                        .outcome())
                .isEqualTo("200 VALID");
    }

    /** That others go on unharmed: a transfer between new accounts succeeds. */
    public void assertWorks() throws IOException, InterruptedException {
        String payer = Fresh.name("payer");
        String payee = Fresh.name("payee");
        open(payer, 10);
        open(payee, 0);
        Rest.Answer answer = user.submit("remittance", "transfer", payer, payee, "3");
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("200 VALID");
        assertThat(balance(payer)).isEqualTo("7");
        assertThat(balance(payee)).isEqualTo("3");
    }

    /** How long the server's log is now, in characters. */
    public static int logLength() throws IOException {
        return log().length();
    }

    /** What the server has logged since. */
    public static String logSince(int length) throws IOException {
        return log().substring(length);
    }

    private static String log() throws IOException {
        Path file = TrialServer.installation().server().log();
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
