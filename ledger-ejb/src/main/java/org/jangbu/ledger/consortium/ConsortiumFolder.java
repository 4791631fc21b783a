package org.jangbu.ledger.consortium;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/**
 * Reads the consortium of an orderer from its node's folder: {@code consortium/consortium.properties} with {@code name} and
 * {@code channelCreationPolicy}, and beside it a folder for each member, named as its MSP and in Fabric's layout of one. Read when the server
 * starts.
 */
public final class ConsortiumFolder {
    /** The folder's name within a node's. */
    public static final String FOLDER = "consortium";

    /** The file that names the consortium. */
    public static final String FILE = "consortium.properties";

    private static final String NAME = "name";
    private static final String POLICY = "channelCreationPolicy";
    private static final Set<String> KEYS = Set.of(NAME, POLICY);
    private static final int MOST_MEMBERS = 1000;

    private ConsortiumFolder() {}

    /**
     * The consortium of a node; empty if its folder names none.
     *
     * @throws NodeDirectoryException if what is there cannot be used
     */
    public static Optional<Consortium> read(LocalNode node) throws NodeDirectoryException {
        Path folder = node.home().resolve(FOLDER);
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        Path file = folder.resolve(FILE);
        Properties properties = properties(file);
        try {
            return Optional.of(Consortium.of(
                    properties.getProperty(NAME, "").strip(),
                    members(folder),
                    properties.getProperty(POLICY, CreationPolicy.DEFAULT).strip()));
        } catch (ConsortiumException e) {
            throw new NodeDirectoryException(file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new NodeDirectoryException(folder, "not readable: " + e.getMessage(), e);
        }
    }

    private static Properties properties(Path file) throws NodeDirectoryException {
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
        return properties;
    }

    private static List<LocalMsp> members(Path folder) throws IOException, NodeDirectoryException {
        List<Path> folders;
        try (Stream<Path> children = Files.list(folder)) {
            folders = children.filter(Files::isDirectory)
                    .limit(MOST_MEMBERS + 1L)
                    .sorted()
                    .toList();
        }
        if (folders.size() > MOST_MEMBERS) {
            throw new NodeDirectoryException(folder, "more than " + MOST_MEMBERS + " members");
        }
        List<LocalMsp> members = new ArrayList<>();
        for (Path member : folders) {
            try {
                members.add(LocalMsp.read(member, new MspId(String.valueOf(member.getFileName()))));
            } catch (IllegalArgumentException | MspConfigurationException e) {
                throw new NodeDirectoryException(member, String.valueOf(e.getMessage()), e);
            }
        }
        return members;
    }
}
