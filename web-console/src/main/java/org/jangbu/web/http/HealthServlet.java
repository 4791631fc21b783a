package org.jangbu.web.http;

import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.web.json.JsonStreams;

/**
 * Health for load balancers, on the application's own port: {@code /health/started}, {@code /health/live}, {@code /health/ready}, in the
 * JSON of MicroProfile Health; 200 when well, 503 when not. Open to everybody.
 */
@WebServlet("/health/*")
public class HealthServlet extends HttpServlet {
    @Inject
    RecentHealth health;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<HealthKind> kind = kind(String.valueOf(request.getPathInfo()));
        if (kind.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Map<String, HealthStatus> answers = health.check(kind.get());
        boolean up = HealthRegistry.isUp(answers);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        try (JsonGenerator json = JsonStreams.write(response.getOutputStream())) {
            write(json, up, answers);
        }
    }

    private static void write(JsonGenerator json, boolean up, Map<String, HealthStatus> answers) {
        json.writeStartObject().write("status", word(up)).writeStartArray("checks");
        answers.forEach((name, status) -> {
            json.writeStartObject().write("name", name).write("status", word(status.well()));
            if (!status.detail().isEmpty()) {
                json.writeStartObject("data").write("detail", status.detail()).writeEnd();
            }
            json.writeEnd();
        });
        json.writeEnd().writeEnd();
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private static Optional<HealthKind> kind(String path) {
        return switch (path) {
            case "/started" -> Optional.of(HealthKind.STARTUP);
            case "/live" -> Optional.of(HealthKind.LIVENESS);
            case "/ready" -> Optional.of(HealthKind.READINESS);
            default -> Optional.empty();
        };
    }
}
