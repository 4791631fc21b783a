package org.jangbu.ledger.node;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jangbu.model.MspId;
import org.jangbu.model.Quoted;

/** What {@code node.properties} says. A key that is not known is refused: a typing error must not turn into a default. */
record NodeProperties(MspId mspId, LocalNode.Role role, boolean endorsing, String address) {
    private static final Set<String> KEYS = Set.of("role", "mspId", "endorsing", "address");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.-]{1,253}:[0-9]{1,5}");

    static NodeProperties read(Path file) throws NodeDirectoryException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new NodeDirectoryException(file, "not readable: " + e.getMessage(), e);
        }
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new NodeDirectoryException(file, "unknown keys " + unknown + "; known are " + new TreeSet<>(KEYS));
        }
        LocalNode.Role role = role(file, required(file, properties, "role"));
        return new NodeProperties(
                mspId(file, required(file, properties, "mspId")),
                role,
                endorsing(file, role, properties.getProperty("endorsing", "false")),
                address(file, required(file, properties, "address")));
    }

    private static String required(Path file, Properties properties, String key) throws NodeDirectoryException {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new NodeDirectoryException(file, "the key " + key + " is missing");
        }
        return value;
    }

    private static MspId mspId(Path file, String value) throws NodeDirectoryException {
        try {
            return new MspId(value);
        } catch (IllegalArgumentException e) {
            throw new NodeDirectoryException(file, "mspId is " + e.getMessage(), e);
        }
    }

    private static LocalNode.Role role(Path file, String value) throws NodeDirectoryException {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "peer" -> LocalNode.Role.PEER;
            case "orderer" -> LocalNode.Role.ORDERER;
            default -> throw new NodeDirectoryException(file, "role must be peer or orderer, not " + shown(value));
        };
    }

    private static boolean endorsing(Path file, LocalNode.Role role, String value) throws NodeDirectoryException {
        return switch (value.strip()) {
            case "false" -> false;
            case "true" -> {
                if (role != LocalNode.Role.PEER) {
                    throw new NodeDirectoryException(file, "only a peer can be endorsing");
                }
                yield true;
            }
            default -> throw new NodeDirectoryException(file, "endorsing must be true or false, not " + shown(value));
        };
    }

    private static String address(Path file, String value) throws NodeDirectoryException {
        if (!ADDRESS.matcher(value).matches()) {
            throw new NodeDirectoryException(file, "address must be host:port, not " + shown(value));
        }
        return value;
    }

    private static String shown(String value) {
        return "'" + Quoted.brief(value) + "'";
    }
}
