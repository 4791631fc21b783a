package org.jangbu.quickstart.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;

/** The remittance contract of the trial's channel, called as one user. */
final class Contract {
    private static final String CHANNEL = "channels/" + TrialNetwork.CHANNEL;
    private static final String CHAINCODE = CHANNEL + "/chaincodes/" + TrialContract.REMITTANCE.name();
    private static final int REFUSED = 422;
    private static final int NOT_FOUND = 404;

    private final RestClient rest;

    Contract(RestClient rest) {
        this.rest = rest;
    }

    /** The balance of an account; empty if there is no such account, or no such contract yet. */
    Optional<String> balance(String account) throws IOException, InterruptedException, QuickStartException {
        RestClient.Answer answer = rest.tryPost(CHAINCODE + "/evaluate", call("balance", account));
        if (answer.status() == REFUSED || answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isOk()) {
            throw new QuickStartException("The balance of " + account + " cannot be had: " + answer.body());
        }
        return Optional.of(answer.json().getString("result"));
    }

    /** Whether a contract's definition is committed on the channel: only then does its chaincode answer, if only to refuse. */
    boolean isDefined(TrialContract contract) throws IOException, InterruptedException {
        String evaluate = CHANNEL + "/chaincodes/" + contract.name() + "/evaluate";
        RestClient.Answer answer = rest.tryPost(evaluate, call("org.hyperledger.fabric:GetMetadata"));
        return answer.isOk() || answer.status() == REFUSED;
    }

    JsonObject submit(String function, String... arguments)
            throws IOException, InterruptedException, QuickStartException {
        return rest.post(CHAINCODE + "/submit", call(function, arguments));
    }

    /** Both endorsers' answers, and a signed envelope of them. */
    JsonObject endorse(String function, String... arguments)
            throws IOException, InterruptedException, QuickStartException {
        return rest.post(CHAINCODE + "/endorse", call(function, arguments));
    }

    /** Hands an envelope to the ordering service and waits for its commit. */
    JsonObject send(String envelope) throws IOException, InterruptedException, QuickStartException {
        return rest.post(
                CHANNEL + "/envelopes?wait=30",
                Json.createObjectBuilder().add("message", envelope).build());
    }

    JsonObject block(long number) throws IOException, InterruptedException, QuickStartException {
        return rest.get(CHANNEL + "/blocks/" + number);
    }

    JsonObject channel() throws IOException, InterruptedException, QuickStartException {
        return rest.get(CHANNEL);
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
}
