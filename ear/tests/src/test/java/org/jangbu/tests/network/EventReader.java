package org.jangbu.tests.network;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events; closing it cuts the connection. */
public final class EventReader implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    EventReader(HttpResponse<InputStream> response) throws IOException {
        this.body = response.body();
        if (response.statusCode() != 200) {
            throw new IOException(
                    response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The next event; null where the stream has ended. Comments are passed over. */
    public @Nullable Event next() throws IOException {
        String id = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ") && id != null) {
                return new Event(id, line.substring("data: ".length()));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    /** An event as it came. */
    public record Event(String id, String data) {
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(data))) {
                return reader.readObject();
            }
        }
    }
}
