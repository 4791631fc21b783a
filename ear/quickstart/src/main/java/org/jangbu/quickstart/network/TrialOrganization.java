package org.jangbu.quickstart.network;

import java.nio.file.Path;
import java.util.List;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.cryptogen.OrganizationSpec;

/**
 * One organisation of the trial, with its one node; names and ports as in Fabric's test network.
 *
 * @param port where the node will be reached by others
 */
record TrialOrganization(
        OrganizationSpec.Kind kind, String mspId, String domain, String nodeLabel, int port, List<String> users) {
    static final TrialOrganization ORDERER = new TrialOrganization(
            OrganizationSpec.Kind.ORDERER, "OrdererMSP", "example.com", "orderer", 7050, List.of());
    static final TrialOrganization ORG1 = new TrialOrganization(
            OrganizationSpec.Kind.PEER, "Org1MSP", "org1.example.com", "peer0", 7051, List.of("User1"));
    static final TrialOrganization ORG2 = new TrialOrganization(
            OrganizationSpec.Kind.PEER, "Org2MSP", "org2.example.com", "peer0", 9051, List.of("User1"));
    static final List<TrialOrganization> ALL = List.of(ORDERER, ORG1, ORG2);

    /** The organisation whose domain stands behind the at sign. */
    static TrialOrganization ofUser(String name) {
        return ALL.stream()
                .filter(organization -> name.endsWith("@" + organization.domain()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no organisation of the trial has a user " + name));
    }

    OrganizationSpec spec() {
        return new OrganizationSpec(kind, new MspId(mspId), domain, List.of(node()), users);
    }

    NodeName node() {
        return new NodeName(nodeLabel + "." + domain);
    }

    /** Its folder below {@code organizations}. */
    Path folder(Path organizations) {
        return organizations
                .resolve(kind == OrganizationSpec.Kind.ORDERER ? "ordererOrganizations" : "peerOrganizations")
                .resolve(domain);
    }

    Path nodeFolder(Path organizations) {
        return folder(organizations)
                .resolve(kind == OrganizationSpec.Kind.ORDERER ? "orderers" : "peers")
                .resolve(node().value());
    }

    Path userFolder(Path organizations, String user) {
        return folder(organizations).resolve("users").resolve(user + "@" + domain);
    }

    /** The node's own file in {@code jangbu.home}. */
    String nodeProperties() {
        boolean peer = kind == OrganizationSpec.Kind.PEER;
        return "role=" + (peer ? "peer" : "orderer") + "\nmspId=" + mspId + "\nendorsing=" + peer + "\naddress="
                + node() + ":" + port + "\n";
    }
}
