package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jangbu.model.MspId;
import org.jangbu.msp.cryptogen.OrganizationSpec.Kind;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a description of organisations in the form of Fabric's {@code crypto-config.yaml}: {@code OrdererOrgs} and {@code PeerOrgs} with
 * {@code Name}, {@code Domain}, {@code EnableNodeOUs}, {@code CA}, {@code Specs}, {@code Template}, {@code Users}. Three things go beyond it:
 * {@code MSPID} names the MSP, which otherwise is the name and {@code MSP}; {@code NodeUnits} has certificates name their nodes; and names that mean nothing are refused. docs/reference/cryptogen.md
 * tells it all.
 */
public final class CryptoConfig {
    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_ORGANIZATIONS = 100;
    private static final int MAX_USERS = 1000;
    private static final Set<String> ROOT = Set.of("OrdererOrgs", "PeerOrgs");
    private static final Set<String> ORGANIZATION = Set.of(
            "Name",
            "Domain",
            "MSPID",
            "EnableNodeOUs",
            "NodeUnits",
            "PublicKeyAlgorithm",
            "CA",
            "Specs",
            "Template",
            "Users");
    private static final Set<String> AUTHORITY =
            Set.of("Hostname", "Country", "Province", "Locality", "OrganizationalUnit", "StreetAddress", "PostalCode");

    private CryptoConfig() {}

    /**
     * Reads a file.
     *
     * @throws CryptoConfigException if it describes nothing that can be made
     */
    public static List<OrganizationSpec> read(Path file) throws IOException, CryptoConfigException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new CryptoConfigException("longer than " + MAX_LENGTH + " bytes");
        }
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    /** As {@link #read}, of a text. */
    public static List<OrganizationSpec> parse(String text) throws CryptoConfigException {
        YamlNode root = new YamlNode("", load(text));
        root.allow(ROOT);
        List<OrganizationSpec> organizations = new ArrayList<>();
        for (YamlNode each : root.get("OrdererOrgs").list(MAX_ORGANIZATIONS)) {
            organizations.add(organization(Kind.ORDERER, each));
        }
        for (YamlNode each : root.get("PeerOrgs").list(MAX_ORGANIZATIONS)) {
            organizations.add(organization(Kind.PEER, each));
        }
        if (organizations.isEmpty()) {
            throw root.wrong("names no organisation");
        }
        requireDistinct(root, organizations);
        return List.copyOf(organizations);
    }

    private static Object load(String text) throws CryptoConfigException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(10);
        options.setAllowDuplicateKeys(false);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(text);
            return root == null ? List.of() : root;
        } catch (YAMLException e) {
            throw new CryptoConfigException("not readable as YAML: " + e.getMessage(), e);
        }
    }

    private static OrganizationSpec organization(Kind kind, YamlNode node) throws CryptoConfigException {
        node.allow(ORGANIZATION);
        String domain = node.get("Domain").text();
        if (!node.get("PublicKeyAlgorithm").text("ecdsa").equals("ecdsa")) {
            throw node.get("PublicKeyAlgorithm").wrong("only ecdsa keys can be made");
        }
        try {
            return new OrganizationSpec(
                    kind,
                    new MspId(node.get("MSPID").text(node.get("Name").text() + "MSP")),
                    domain,
                    authority(node.get("CA")),
                    new NodeSpecs(kind, domain).read(node.get("Specs"), node.get("Template")),
                    users(node.get("Users")),
                    node.get("EnableNodeOUs").flag(),
                    node.get("NodeUnits").flag());
        } catch (IllegalArgumentException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static AuthoritySpec authority(YamlNode node) throws CryptoConfigException {
        node.allow(AUTHORITY);
        AuthoritySpec usual = AuthoritySpec.USUAL;
        return new AuthoritySpec(
                node.get("Hostname").text(usual.hostname()),
                node.get("Country").text(usual.country()),
                node.get("Province").text(usual.province()),
                node.get("Locality").text(usual.locality()),
                node.get("OrganizationalUnit").text(usual.organizationalUnit()),
                node.get("StreetAddress").text(usual.streetAddress()),
                node.get("PostalCode").text(usual.postalCode()));
    }

    private static List<String> users(YamlNode node) throws CryptoConfigException {
        node.allow(Set.of("Count", "Specs"));
        Set<String> users = new LinkedHashSet<>();
        for (int number = 1; number <= node.get("Count").number(MAX_USERS, 0); number++) {
            users.add("User" + number);
        }
        for (YamlNode user : node.get("Specs").list(MAX_USERS)) {
            user.allow(Set.of("Name"));
            if (!users.add(user.get("Name").text())) {
                throw user.wrong("there are two users of this name");
            }
        }
        return List.copyOf(users);
    }

    /** Two with one domain would share a folder, two with one MSP id would be the same to a channel. */
    private static void requireDistinct(YamlNode root, List<OrganizationSpec> organizations)
            throws CryptoConfigException {
        Set<String> seen = new HashSet<>();
        for (OrganizationSpec each : organizations) {
            if (!seen.add(each.kind() + " " + each.domain())) {
                throw root.wrong("two organisations have the domain " + each.domain());
            }
            if (!seen.add(each.mspId().value())) {
                throw root.wrong("two organisations have the MSP id " + each.mspId());
            }
        }
    }
}
