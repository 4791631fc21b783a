package org.jangbu.web.grpc;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jangbu.model.Quoted;

/**
 * What {@code grpc.properties} in a node's folder says. Without the file the node has no port. A key that is not known is refused: a typing error
 * must not turn into a default.
 *
 * @param clientCertificates whether clients must show a TLS certificate of an organisation
 */
public record GrpcProperties(String host, int port, boolean clientCertificates) {
    private static final Set<String> KEYS = Set.of("listen", "client-certificates");
    private static final Pattern LISTEN = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]{1,253}):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads the file; empty if there is none.
     *
     * @throws IOException if it cannot be read or says something that makes no sense; the message names it
     */
    public static Optional<GrpcProperties> read(Path node) throws IOException {
        Path file = node.resolve("grpc.properties");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not readable: " + e.getMessage(), e);
        }
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IOException(file + ": unknown keys " + unknown + "; known are " + new TreeSet<>(KEYS));
        }
        Matcher listen = LISTEN.matcher(properties.getProperty("listen", "").strip());
        if (!listen.matches() || Integer.parseInt(listen.group(2)) > HIGHEST_PORT) {
            throw new IOException(file + ": listen must be host:port");
        }
        return Optional.of(new GrpcProperties(
                listen.group(1),
                Integer.parseInt(listen.group(2)),
                clientCertificates(
                        file,
                        properties.getProperty("client-certificates", "none").strip())));
    }

    private static boolean clientCertificates(Path file, String value) throws IOException {
        return switch (value) {
            case "none" -> false;
            case "required" -> true;
            default ->
                throw new IOException(
                        file + ": client-certificates must be none or required, not '" + Quoted.brief(value) + "'");
        };
    }

    /** Where to listen; port 0 stays 0, any other is moved. */
    public InetSocketAddress address(int offset) {
        return new InetSocketAddress(host, port == 0 ? 0 : port + offset);
    }
}
