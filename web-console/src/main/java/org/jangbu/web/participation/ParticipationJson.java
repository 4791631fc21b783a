package org.jangbu.web.participation;

import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.participation.ChannelParticipation.Participation;
import org.jangbu.web.json.JsonStreams;

/** Answers, as Fabric's orderer writes them. */
final class ParticipationJson {
    static final String CHANNELS = "/participation/v1/channels";

    private ParticipationJson() {}

    /** There is no system channel, ever. */
    static byte[] list(List<ChannelId> channels) {
        return object(json -> {
            json.writeNull("systemChannel");
            json.writeStartArray("channels");
            for (ChannelId channel : channels) {
                json.writeStartObject()
                        .write("name", channel.value())
                        .write("url", url(channel))
                        .writeEnd();
            }
            json.writeEnd();
        });
    }

    static byte[] channel(Participation channel) {
        return object(json -> json.write("name", channel.channel().value())
                .write("url", url(channel.channel()))
                .write("consensusRelation", text(channel.relation()))
                .write("status", text(channel.status()))
                .write("height", channel.height()));
    }

    static byte[] error(String error) {
        return object(json -> json.write("error", error));
    }

    static String url(ChannelId channel) {
        return CHANNELS + "/" + channel;
    }

    private static String text(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] object(Consumer<JsonGenerator> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonStreams.write(bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEnd();
        }
        return bytes.toByteArray();
    }
}
