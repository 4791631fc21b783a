package org.jangbu.quickstart.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jangbu.quickstart.machine.Narrator;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.network.TrialUser;
import org.jspecify.annotations.Nullable;

/** A pays B 1,000 won across two organisations, and each stage says what it did. On a ledger that has seen it, only the balances are shown. */
public final class TransferDemonstration {
    private static final String OPENING_BALANCE = "10000";
    private static final String AMOUNT = "1000";

    private final Narrator narrator;
    private final Contract asUser;
    private final ContractAgreement agreement;

    private final TrialUser user;

    /**
     * A demonstration that has not begun.
     *
     * @param user pays
     * @param administrators one of each organisation; agree on the contracts
     */
    public TransferDemonstration(Narrator narrator, URI server, TrialUser user, List<TrialUser> administrators) {
        this.narrator = narrator;
        this.user = user;
        this.asUser = new Contract(new RestClient(server, user));
        this.agreement = new ContractAgreement(server, administrators);
    }

    public void run() throws IOException, InterruptedException, QuickStartException {
        for (TrialContract contract : TrialContract.USUAL) {
            if (!asUser.isDefined(contract)) {
                define(contract);
            }
        }
        Optional<String> before = asUser.balance("A");
        if (before.isPresent()) {
            narrator.stage("The ledger is as it was left: the transfer has been made at an earlier start");
            balances();
            return;
        }
        narrator.stage("Opening two accounts: A with " + won(OPENING_BALANCE) + " and B with nothing");
        committed(asUser.submit("open", "A", OPENING_BALANCE));
        committed(asUser.submit("open", "B", "0"));
        transfer();
    }

    private void define(TrialContract contract) throws IOException, InterruptedException, QuickStartException {
        narrator.stage("Agreeing on the contract " + contract.name() + " under " + TrialContract.POLICY);
        for (JsonObject commit : agreement.on(contract)) {
            committed(commit);
        }
    }

    private void transfer() throws IOException, InterruptedException, QuickStartException {
        narrator.stage("A pays B " + won(AMOUNT) + " across two organisations");
        JsonObject endorsed = asUser.endorse("transfer", "A", "B", AMOUNT);
        narrator.detail("1. Proposal     transfer(A, B, " + AMOUNT + ") on " + TrialNetwork.CHANNEL + ", signed by "
                + user.name());
        narrator.detail("                transaction " + endorsed.getString("transactionId"));
        for (JsonObject answer : endorsed.getJsonArray("endorsements").getValuesAs(JsonObject.class)) {
            narrator.detail("2. Endorsement  " + answer.getString("node") + " (" + answer.getString("mspId")
                    + ") status " + answer.getInt("status"));
            readWriteSet(answer.getJsonObject("readWriteSet"));
        }
        if (!endorsed.getBoolean("agree")) {
            throw new QuickStartException("The endorsers' results differ; nothing was sent.");
        }
        narrator.detail("3. Compared     both results are the same");
        JsonObject commit = asUser.send(
                endorsed.getJsonArray("transactions").getJsonObject(0).getString("envelope"));
        long number = commit.getJsonNumber("blockNumber").longValue();
        JsonObject block = asUser.block(number);
        narrator.detail("4. Ordered      into block " + number);
        narrator.detail("                hash          " + block.getString("hash"));
        narrator.detail("                previous hash " + block.getString("previousHash"));
        narrator.detail("                data hash     " + block.getString("dataHash"));
        narrator.detail("5. Validated    " + commit.getString("validationCode"));
        narrator.detail("6. Committed    to the block files and to PostgreSQL");
        balances();
    }

    private void readWriteSet(JsonObject set) {
        for (JsonObject namespace : set.getJsonArray("namespaces").getValuesAs(JsonObject.class)) {
            String name = namespace.getString("namespace");
            for (JsonObject read : objects(namespace, "reads")) {
                JsonObject version = read.getJsonObject("version");
                String height = version == null
                        ? "not there"
                        : "version " + version.get("block") + ":" + version.get("transaction");
                narrator.detail("                read  " + name + "/" + read.getString("key") + "  " + height);
            }
            for (JsonObject write : objects(namespace, "writes")) {
                narrator.detail("                write " + name + "/" + write.getString("key") + " = "
                        + text(write.get("value")));
            }
        }
    }

    private static Iterable<JsonObject> objects(JsonObject parent, String member) {
        JsonArray array = parent.getJsonArray(member);
        return array == null
                ? JsonValue.EMPTY_JSON_ARRAY.getValuesAs(JsonObject.class)
                : array.getValuesAs(JsonObject.class);
    }

    private static String text(@Nullable JsonValue content) {
        return content instanceof JsonString string ? string.getString() : String.valueOf(content);
    }

    private void committed(JsonObject commit) {
        narrator.detail("transaction " + commit.getString("transactionId") + " in block " + commit.get("blockNumber")
                + ": " + commit.getString("validationCode"));
    }

    private void balances() throws IOException, InterruptedException, QuickStartException {
        for (String account : new String[] {"A", "B"}) {
            narrator.detail("balance of " + account + ": "
                    + asUser.balance(account).map(TransferDemonstration::won).orElse("no such account"));
        }
    }

    /** Digits in groups of three. */
    private static String won(String digits) {
        return String.format(Locale.ROOT, "%,d won", Long.parseLong(digits));
    }
}
