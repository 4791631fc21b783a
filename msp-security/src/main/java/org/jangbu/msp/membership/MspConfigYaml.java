package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code config.yaml} of an MSP folder: NodeOUs and the units identities must have. Types other than text and lists are not built. */
final class MspConfigYaml {
    private static final String NAME = "config.yaml";
    private static final int MAX_LENGTH = 64 * 1024;

    private final MspFolder folder;

    MspConfigYaml(MspFolder folder) {
        this.folder = folder;
    }

    /** Adds what the file says, if there is one. */
    void addTo(FabricMSPConfig.Builder config) throws IOException {
        if (!Files.exists(folder.resolve(NAME))) {
            return;
        }
        Map<?, ?> root = map(parse(folder.file(NAME)));
        if (root.get("OrganizationalUnitIdentifiers") instanceof List<?> units) {
            for (Object unit : units) {
                Map<?, ?> entry = map(unit);
                config.addOrganizationalUnitIdentifiers(FabricOUIdentifier.newBuilder()
                        .setCertificate(folder.file(text(entry, "Certificate")))
                        .setOrganizationalUnitIdentifier(text(entry, "OrganizationalUnitIdentifier")));
            }
        }
        Map<?, ?> nodes = map(root.get("NodeOUs"));
        if (Boolean.TRUE.equals(nodes.get("Enable"))) {
            config.setFabricNodeOus(nodeOus(nodes));
        }
    }

    private FabricNodeOUs nodeOus(Map<?, ?> nodes) throws IOException {
        FabricNodeOUs.Builder builder = FabricNodeOUs.newBuilder().setEnable(true);
        if (named(nodes, "ClientOUIdentifier")) {
            builder.setClientOuIdentifier(unit(nodes, "ClientOUIdentifier"));
        }
        if (named(nodes, "PeerOUIdentifier")) {
            builder.setPeerOuIdentifier(unit(nodes, "PeerOUIdentifier"));
        }
        if (named(nodes, "AdminOUIdentifier")) {
            builder.setAdminOuIdentifier(unit(nodes, "AdminOUIdentifier"));
        }
        if (named(nodes, "OrdererOUIdentifier")) {
            builder.setOrdererOuIdentifier(unit(nodes, "OrdererOUIdentifier"));
        }
        return builder.build();
    }

    private static boolean named(Map<?, ?> nodes, String key) throws IOException {
        return !text(map(nodes.get(key)), "OrganizationalUnitIdentifier").isEmpty();
    }

    /** Fabric only warns of a certifier that it cannot read, and then takes any; here that is an error. */
    private FabricOUIdentifier unit(Map<?, ?> nodes, String key) throws IOException {
        Map<?, ?> entry = map(nodes.get(key));
        FabricOUIdentifier.Builder unit = FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(text(entry, "OrganizationalUnitIdentifier"));
        String certificate = text(entry, "Certificate");
        if (!certificate.isEmpty()) {
            unit.setCertificate(folder.file(certificate));
        }
        return unit.build();
    }

    private static Object parse(ByteString content) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(10);
        try {
            return new Yaml(new SafeConstructor(options)).load(content.toString(StandardCharsets.UTF_8));
        } catch (YAMLException e) {
            throw new IOException(NAME + " is not readable: " + e.getMessage(), e);
        }
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) throws IOException {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException(NAME + " has something else where names and values should be");
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }
}
