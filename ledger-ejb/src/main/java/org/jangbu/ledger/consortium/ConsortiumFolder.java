package org.jangbu.ledger.consortium;

import com.google.protobuf.InvalidProtocolBufferException;
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
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.node.DurableFile;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/**
 * The consortium of an orderer in its node's folder: {@code consortium/consortium.properties} with {@code name}, {@code
 * channelCreationPolicy} and {@code admissionPolicy}, and beside it the members: a folder each, named as its MSP and in Fabric's layout of
 * one, as an administrator puts it there, or a file {@code <MSP id>.mspconfig} with a {@code msp.MSPConfig}, as it is written here for an
 * organisation that the members have taken in. Read when the server starts.
 */
public final class ConsortiumFolder {
    /** The folder's name within a node's. */
    public static final String FOLDER = "consortium";

    /** The file that names the consortium. */
    public static final String FILE = "consortium.properties";

    private static final String NAME = "name";
    private static final String POLICY = "channelCreationPolicy";
    private static final String ADMISSION = "admissionPolicy";
    private static final Set<String> KEYS = Set.of(NAME, POLICY, ADMISSION);
    private static final String MEMBER_SUFFIX = ".mspconfig";
    private static final long LONGEST_MEMBER = 4L << 20;
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
                    new Consortium.Rules(
                            properties
                                    .getProperty(POLICY, Consortium.Rules.DEFAULT.channelCreation())
                                    .strip(),
                            properties
                                    .getProperty(ADMISSION, Consortium.Rules.DEFAULT.admission())
                                    .strip())));
        } catch (ConsortiumException e) {
            throw new NodeDirectoryException(file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new NodeDirectoryException(folder, "not readable: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps an organisation that has been taken in, durably.
     *
     * @throws NodeDirectoryException if it cannot be written; then nothing is
     */
    public static void keep(LocalNode node, MspId id, MSPConfig member) throws NodeDirectoryException {
        Path file = node.home().resolve(FOLDER).resolve(id + MEMBER_SUFFIX);
        try {
            DurableFile.write(file, member.toByteArray());
        } catch (IOException e) {
            throw new NodeDirectoryException(file, "cannot be written: " + e.getMessage(), e);
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

    private static List<MSPConfig> members(Path folder) throws IOException, NodeDirectoryException {
        List<Path> entries;
        try (Stream<Path> children = Files.list(folder)) {
            entries = children.filter(entry -> Files.isDirectory(entry) || isMemberFile(entry))
                    .limit(MOST_MEMBERS + 1L)
                    .sorted()
                    .toList();
        }
        if (entries.size() > MOST_MEMBERS) {
            throw new NodeDirectoryException(folder, "more than " + MOST_MEMBERS + " members");
        }
        List<MSPConfig> members = new ArrayList<>();
        for (Path entry : entries) {
            try {
                members.add(
                        isMemberFile(entry)
                                ? memberFile(entry)
                                : LocalMsp.read(entry, new MspId(String.valueOf(entry.getFileName())))
                                        .channelConfig());
            } catch (IllegalArgumentException | MspConfigurationException | InvalidProtocolBufferException e) {
                throw new NodeDirectoryException(entry, String.valueOf(e.getMessage()), e);
            }
        }
        return members;
    }

    private static boolean isMemberFile(Path entry) {
        return String.valueOf(entry.getFileName()).endsWith(MEMBER_SUFFIX);
    }

    private static MSPConfig memberFile(Path file)
            throws IOException, NodeDirectoryException, MspConfigurationException {
        if (Files.size(file) > LONGEST_MEMBER) {
            throw new NodeDirectoryException(file, "longer than any MSP");
        }
        MSPConfig member = MSPConfig.parseFrom(Files.readAllBytes(file));
        MspId id = FabricMsp.of(member).id();
        if (!file.endsWith(id + MEMBER_SUFFIX)) {
            throw new NodeDirectoryException(file, "the file must be named as the MSP is, " + id);
        }
        return member;
    }
}
