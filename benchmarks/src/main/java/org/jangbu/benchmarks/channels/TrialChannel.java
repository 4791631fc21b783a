package org.jangbu.benchmarks.channels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.quickstart.rest.ContractAgreement;

/** Founds channels of the trial's two organisations, as administrators would. Safe for many threads. */
final class TrialChannel {
    private static final String BOUNDARY = "jangbu-first-block";
    private static final int CREATED = 201;

    private final URI server;
    private final TrialNetwork network;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TrialChannel(URI server, TrialNetwork network) {
        this.server = server;
        this.network = network;
    }

    /** The orderer and both peers join, both organisations agree on the contract. */
    void found(ChannelId channel) throws IOException, InterruptedException, QuickStartException {
        byte[] block = network.firstBlock(channel).toByteArray();
        post(
                QuickStartUsers.administratorOfOrderer(),
                "/participation/v1/channels",
                "multipart/form-data; boundary=" + BOUNDARY,
                form(block));
        for (TrialUser administrator : QuickStartUsers.administrators()) {
            String domain = administrator.name().substring(administrator.name().indexOf('@') + 1);
            post(administrator, "/api/v1/peers/peer0." + domain + "/channels", "application/octet-stream", block);
        }
        new ContractAgreement(server, channel, QuickStartUsers.administrators()).on(TrialContract.KEY_VALUE);
    }

    private void post(TrialUser user, String path, String type, byte[] body)
            throws IOException, InterruptedException, QuickStartException {
        String credentials = Base64.getEncoder()
                .encodeToString((user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new QuickStartException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static byte[] form(byte[] block) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : List.of(
                ascii("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"config-block\"; filename=\"block\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"),
                block,
                ascii("\r\n--" + BOUNDARY + "--\r\n"))) {
            body.writeBytes(part);
        }
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
