package org.jangbu.cli.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.cli.server.RestServer;
import org.jangbu.model.Sha256;
import org.jangbu.model.json.JsonValue.JsonObject;

/** An orderer's part in a channel, by the interface of Fabric's orderers. */
record Participation(String name, String status, long height) {
    private static final String CHANNELS = "/participation/v1/channels";

    /** Has an orderer take part in the channel of this first block. */
    static Participation join(RestServer rest, Block block, Optional<String> orderer) {
        byte[] content = block.toByteArray();
        // No content holds its own hash.
        String boundary =
                HexFormat.of().formatHex(Sha256.of(block.toByteString()).toByteArray());
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"config-block\";"
                        + " filename=\"config.block\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] form = new byte[head.length + content.length + tail.length];
        System.arraycopy(head, 0, form, 0, head.length);
        System.arraycopy(content, 0, form, head.length, content.length);
        System.arraycopy(tail, 0, form, head.length + content.length, tail.length);
        return of(rest.call("POST", CHANNELS + query(orderer), "multipart/form-data; boundary=" + boundary, form)
                .object());
    }

    static JsonObject list(RestServer rest, Optional<String> orderer) {
        return rest.call("GET", CHANNELS + query(orderer), "", new byte[0]).object();
    }

    static JsonObject one(RestServer rest, String channel, Optional<String> orderer) {
        return rest.call("GET", CHANNELS + "/" + channel + query(orderer), "", new byte[0])
                .object();
    }

    static void remove(RestServer rest, String channel, Optional<String> orderer) {
        rest.call("DELETE", CHANNELS + "/" + channel + query(orderer), "", new byte[0]);
    }

    static Participation of(JsonObject json) {
        return new Participation(
                RestAnswer.required(json, "name"),
                RestAnswer.required(json, "status"),
                RestAnswer.number(json, "height"));
    }

    private static String query(Optional<String> orderer) {
        return orderer.map(name -> "?orderer=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
    }
}
