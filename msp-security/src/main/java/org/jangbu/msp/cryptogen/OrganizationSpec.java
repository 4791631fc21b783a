package org.jangbu.msp.cryptogen;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.policy.NodePrincipal;

/**
 * What to make for one organisation. An administrator named {@code Admin} is made for each.
 *
 * @param kind whether its nodes order or endorse
 * @param domain for example {@code org1.example.com}; folders and authorities are named after it
 * @param nodes what is made of its nodes, by full host names, for example {@code peer0.org1.example.com}
 * @param users names without domain, for example {@code User1}; they get the role client
 * @param nodeOus whether roles are told by organisational units; without them administrators are listed, and nobody has another role
 * @param nodeUnits whether the certificates of nodes name the node as policies do (docs/decisions/0014), and those for TLS tell the role too
 */
public record OrganizationSpec(
        Kind kind,
        MspId mspId,
        String domain,
        AuthoritySpec authority,
        List<NodeSpec> nodes,
        List<String> users,
        boolean nodeOus,
        boolean nodeUnits) {
    private static final int LONGEST_UNIT = 64;
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public OrganizationSpec {
        nodes = List.copyOf(nodes);
        users = List.copyOf(users);
        new NodeName(domain);
        if (nodeUnits
                && (!nodeOus || nodes.stream().anyMatch(node -> nodeUnit(node).length() > LONGEST_UNIT))) {
            throw new IllegalArgumentException("units of nodes need NodeOUs, and names of at most "
                    + (LONGEST_UNIT - NodePrincipal.UNIT_PREFIX.length()));
        }
        for (String user : users) {
            if (!USER.matcher(user).matches() || user.equals("Admin")) {
                throw new IllegalArgumentException("not a name for a user: letters, digits, _ and -, and not Admin");
            }
        }
    }

    /** With NodeOUs, and nodes reached by their names. */
    public OrganizationSpec(Kind kind, MspId mspId, String domain, List<NodeName> nodes, List<String> users) {
        this(
                kind,
                mspId,
                domain,
                AuthoritySpec.USUAL,
                nodes.stream().map(NodeSpec::of).toList(),
                users,
                true,
                false);
    }

    /** The organisational unit by which a policy tells a node. */
    static String nodeUnit(NodeSpec node) {
        return NodePrincipal.UNIT_PREFIX + node.name();
    }

    /** Its folder below {@code organizations}. */
    public Path folder(Path organizations) {
        return organizations.resolve(kind.organizationsFolder()).resolve(domain);
    }

    /** A node's folder, with {@code msp} and {@code tls} in it. */
    public Path nodeFolder(Path organizations, NodeName node) {
        return folder(organizations).resolve(kind.nodesFolder()).resolve(node.value());
    }

    /** A user's folder, with {@code msp} and {@code tls} in it; {@code Admin} is one too. */
    public Path userFolder(Path organizations, String user) {
        return folder(organizations).resolve("users").resolve(user + "@" + domain);
    }

    /** What the nodes of an organisation do. */
    public enum Kind {
        /** Its nodes order. */
        ORDERER("ordererOrganizations", "orderers", "orderer"),
        /** Its nodes endorse and commit. */
        PEER("peerOrganizations", "peers", "peer");

        private final String organizationsFolder;
        private final String nodesFolder;
        private final String role;

        Kind(String organizationsFolder, String nodesFolder, String role) {
            this.organizationsFolder = organizationsFolder;
            this.nodesFolder = nodesFolder;
            this.role = role;
        }

        String organizationsFolder() {
            return organizationsFolder;
        }

        String nodesFolder() {
            return nodesFolder;
        }

        String role() {
            return role;
        }
    }
}
