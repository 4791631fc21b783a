package org.jangbu.quickstart.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.network.TrialUser;

/** How the organisations of the trial agree on a contract: each administrator approves it for his own, then one commits it for all. */
public final class ContractAgreement {
    /** What a peer answers whose organisation has approved just that before: an agreement that was broken off is taken up again. */
    private static final String APPROVED_ALREADY = "with unchanged content";

    private final URI server;
    private final String lifecycle;
    private final List<TrialUser> administrators;

    /** On the trial's own channel. */
    public ContractAgreement(URI server, List<TrialUser> administrators) {
        this(server, new ChannelId(TrialNetwork.CHANNEL), administrators);
    }

    /**
     * On any channel of the trial's organisations.
     *
     * @param administrators one of each organisation
     */
    public ContractAgreement(URI server, ChannelId channel, List<TrialUser> administrators) {
        this.server = server;
        this.lifecycle = "channels/" + channel + "/chaincodes/_lifecycle/submit";
        this.administrators = List.copyOf(administrators);
    }

    /** Approves for every organisation and commits; gives the answers, in order. */
    public List<JsonObject> on(TrialContract contract) throws IOException, InterruptedException, QuickStartException {
        String packageId = contract.packageId(Artifacts.ofThisBuild());
        List<JsonObject> answers = new ArrayList<>();
        for (TrialUser administrator : administrators) {
            RestClient.Answer answer = new RestClient(server, administrator)
                    .tryPost(lifecycle, call(TrialContract.APPROVE, contract.approvalArgument(packageId)));
            if (answer.isOk()) {
                answers.add(answer.json());
            } else if (!answer.body().contains(APPROVED_ALREADY)) {
                throw new QuickStartException(
                        administrator.name() + " could not approve " + contract.name() + ": " + answer.body());
            }
        }
        answers.add(new RestClient(server, administrators.get(0))
                .post(lifecycle, call(TrialContract.COMMIT, contract.commitArgument())));
        return answers;
    }

    private static JsonObject call(String function, String argument) {
        return Json.createObjectBuilder()
                .add("function", function)
                .add(
                        "args",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("base64", argument)))
                .build();
    }
}
