package org.jangbu.web.event;

import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jangbu.web.json.JsonRecords;
import org.jangbu.web.json.JsonStreams;

/**
 * An event on its way to a reader.
 *
 * @param data a view
 */
public record SentEvent(EventId id, Record data) {
    /** In the form of server-sent events: its id, and one line of JSON. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("id: " + id.text() + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = JsonStreams.write(bytes)) {
            new JsonRecords(json).write(data);
        }
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
