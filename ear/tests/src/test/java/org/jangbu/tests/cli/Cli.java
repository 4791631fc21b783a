package org.jangbu.tests.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.tests.server.TrialServer;

/** Runs the one jar as its users do, and takes what it prints and how it ends. */
public final class Cli {
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Cli(Path folder) {
        this.folder = folder;
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -Djangbu.keys.permissions=any");
    }

    /** Somebody whose key the server keeps, over plain HTTP on this machine. */
    static Cli managed(Path folder, TrialUser user) {
        return new Cli(folder)
                .with(
                        "JANGBU_SERVER",
                        TrialServer.installation().server().http().toString())
                .with("JANGBU_USER", user.name())
                .with("JANGBU_PASSWORD", user.password());
    }

    /** Somebody who signs himself, over HTTPS with his certificate. */
    static Cli ownKey(Path folder, String msp, String mspId) {
        return new Cli(folder)
                .with(
                        "JANGBU_SERVER",
                        TrialServer.installation().server().https().toString())
                .with("JANGBU_TLS_CA", tlsRoot().toString())
                .with("JANGBU_MSP_DIR", organizations().resolve(msp).toString())
                .with("JANGBU_MSP_ID", mspId);
    }

    /** Nobody in particular. */
    public static Cli bare(Path folder) {
        return new Cli(folder);
    }

    static Path organizations() {
        return TrialServer.installation().network().organizations().toAbsolutePath();
    }

    static Path tlsRoot() {
        return organizations().resolve("peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem");
    }

    /** With one more variable in its environment. */
    public Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs a command to its end. */
    public Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Artifacts.ofThisBuild()
                        .projectFolder()
                        .resolve("cli/target/jangbu.jar")
                        .toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it does not end: " + List.of(arguments));
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** How a run ended. */
    public record Ended(int code, String out, String err) {
        /** What was printed with {@code -O json}. */
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(out))) {
                return reader.readObject();
            }
        }

        @Override
        public String toString() {
            return "exit code " + code + "\n" + out + "\n" + err;
        }
    }
}
