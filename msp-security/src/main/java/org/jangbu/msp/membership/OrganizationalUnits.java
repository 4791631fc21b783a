package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jangbu.msp.crypto.CertificateReader;
import org.jspecify.annotations.Nullable;

/**
 * What an MSP says of organisational units: with NodeOUs, which unit makes a client, a peer, an admin or an orderer, and that an identity
 * has exactly one of them; without, which units an identity must have one of.
 */
final class OrganizationalUnits {
    private final boolean nodeOus;
    private final Map<MSPRoleType, Unit> roles;
    private final Set<Unit> listed;

    private OrganizationalUnits(boolean nodeOus, Map<MSPRoleType, Unit> roles, Set<Unit> listed) {
        this.nodeOus = nodeOus;
        this.roles = roles;
        this.listed = listed;
    }

    static OrganizationalUnits of(FabricMSPConfig config, CertificationTree tree) throws RefusedCertificateException {
        Set<Unit> listed = new HashSet<>();
        for (FabricOUIdentifier unit : config.getOrganizationalUnitIdentifiersList()) {
            listed.add(new Unit(unit.getOrganizationalUnitIdentifier(), certifiers(unit.getCertificate(), tree)));
        }
        Map<MSPRoleType, Unit> roles = new LinkedHashMap<>();
        FabricNodeOUs nodes = config.getFabricNodeOus();
        put(roles, MSPRoleType.CLIENT, nodes.hasClientOuIdentifier() ? nodes.getClientOuIdentifier() : null, tree);
        put(roles, MSPRoleType.PEER, nodes.hasPeerOuIdentifier() ? nodes.getPeerOuIdentifier() : null, tree);
        put(roles, MSPRoleType.ADMIN, nodes.hasAdminOuIdentifier() ? nodes.getAdminOuIdentifier() : null, tree);
        put(roles, MSPRoleType.ORDERER, nodes.hasOrdererOuIdentifier() ? nodes.getOrdererOuIdentifier() : null, tree);
        return new OrganizationalUnits(nodes.getEnable() && !roles.isEmpty(), roles, listed);
    }

    private static void put(
            Map<MSPRoleType, Unit> roles, MSPRoleType role, @Nullable FabricOUIdentifier unit, CertificationTree tree)
            throws RefusedCertificateException {
        if (unit != null) {
            ByteString certificate = unit.getCertificate();
            ByteString certifiers = certificate.isEmpty() ? ByteString.EMPTY : certifiers(certificate, tree);
            roles.put(role, new Unit(unit.getOrganizationalUnitIdentifier(), certifiers));
        }
    }

    /** The identifier of the chain that begins with the named authority. */
    private static ByteString certifiers(ByteString pem, CertificationTree tree) throws RefusedCertificateException {
        try {
            X509Certificate named = CertificateReader.first(pem.toByteArray());
            X509Certificate authority = tree.authorities().stream()
                    .filter(known -> sameButForSignature(known, named))
                    .findFirst()
                    .orElseThrow(() -> new RefusedCertificateException(
                            "the certifier of an organisational unit is not a CA of the MSP"));
            if (!tree.isRoot(authority) && tree.isInner(authority)) {
                throw new RefusedCertificateException(
                        "the certifier of an organisational unit has another CA below it");
            }
            return Certifiers.identifier(tree.uniqueChain(authority));
        } catch (CertificateException e) {
            throw new RefusedCertificateException("the certifier of an organisational unit is not readable", e);
        }
    }

    private static boolean sameButForSignature(X509Certificate one, X509Certificate other) {
        try {
            return Arrays.equals(one.getTBSCertificate(), other.getTBSCertificate());
        } catch (CertificateException e) {
            return false;
        }
    }

    /** Whether NodeOUs are on. */
    boolean tellRoles() {
        return nodeOus;
    }

    /** Who must have certified the unit of a role; empty if any CA will do. */
    Optional<ByteString> certifiers(MSPRoleType role) {
        return Optional.ofNullable(nodeOus ? roles.get(role) : null)
                .map(Unit::certifiers)
                .filter(certifiers -> !certifiers.isEmpty());
    }

    boolean tellAdmins() {
        return nodeOus && roles.containsKey(MSPRoleType.ADMIN);
    }

    /**
     * Tests the units of an identity.
     *
     * @throws RefusedCertificateException saying what is wrong with them
     */
    void check(List<String> units, ByteString certifiers) throws RefusedCertificateException {
        if (nodeOus) {
            checkRole(units, certifiers);
        } else if (!listed.isEmpty() && units.stream().noneMatch(unit -> listed.contains(new Unit(unit, certifiers)))) {
            throw new RefusedCertificateException("none of the organisational units " + units + " is one of the MSP's");
        }
    }

    private void checkRole(List<String> units, ByteString certifiers) throws RefusedCertificateException {
        List<String> found = new ArrayList<>();
        for (String name : units) {
            Optional<Unit> role = last(name);
            if (role.isPresent()) {
                if (!role.get().certifiers().isEmpty()
                        && !role.get().certifiers().equals(certifiers)) {
                    throw new RefusedCertificateException(
                            "the organisational unit " + name + " is certified by another CA than the MSP demands");
                }
                found.add(name);
            }
        }
        if (found.size() != 1) {
            throw new RefusedCertificateException(
                    "exactly one organisational unit must tell client, peer, admin or orderer; found " + found);
        }
    }

    /** Where several roles share a name, the certifiers of the last in Fabric's order count. */
    private Optional<Unit> last(String name) {
        return roles.values().stream().filter(unit -> unit.name().equals(name)).reduce((former, latter) -> latter);
    }

    /** The roles that the units of a valid identity give it; none without NodeOUs. */
    Set<MSPRoleType> roles(List<String> units) {
        Set<MSPRoleType> held = new HashSet<>();
        if (nodeOus) {
            roles.forEach((role, unit) -> {
                if (units.contains(unit.name())) {
                    held.add(role);
                }
            });
        }
        return held;
    }

    /** A unit and who must have certified it; no certifiers: any chain will do. */
    private record Unit(String name, ByteString certifiers) {}
}
