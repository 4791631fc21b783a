package org.jangbu.cli.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jangbu.cli.run.Output;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which orderer's consortium is meant. */
final class ConsortiumOfOrderer {
    @Option(names = "--orderer", paramLabel = "NODE", description = "Which orderer, where several could be meant")
    private @Nullable String orderer;

    /** Its address, with something behind it. */
    String path(String rest) {
        return "consortium" + rest
                + (orderer == null ? "" : "?orderer=" + URLEncoder.encode(orderer, StandardCharsets.UTF_8));
    }

    /** What the server tells of it. */
    static Output.Facts facts(JsonObject consortium) {
        return new Output.Facts()
                .with("name", RestAnswer.required(consortium, "name"))
                .with("members", RestAnswer.texts(consortium, "members"))
                .with("channelCreationPolicy", RestAnswer.required(consortium, "channelCreationPolicy"))
                .with("admissionPolicy", RestAnswer.required(consortium, "admissionPolicy"));
    }
}
