package org.jangbu.quickstart.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jangbu.model.NodeName;
import org.jangbu.msp.cryptogen.CryptoConfig;
import org.jangbu.msp.cryptogen.CryptoConfigException;
import org.jangbu.msp.cryptogen.OrganizationSpec;

/**
 * One organisation of the trial, with its one node; names and ports as in Fabric's test network. What it has is told by
 * {@code crypto-config.yaml} beside this class.
 *
 * @param port where the node will be reached by others
 */
record TrialOrganization(OrganizationSpec spec, int port) {
    private static final List<OrganizationSpec> DESCRIBED = described();

    static final TrialOrganization ORDERER = new TrialOrganization(ofDomain("example.com"), 7050);
    static final TrialOrganization ORG1 = new TrialOrganization(ofDomain("org1.example.com"), 7051);
    static final TrialOrganization ORG2 = new TrialOrganization(ofDomain("org2.example.com"), 9051);
    static final List<TrialOrganization> ALL = List.of(ORDERER, ORG1, ORG2);

    /** The organisation whose domain stands behind the at sign. */
    static TrialOrganization ofUser(String name) {
        return ALL.stream()
                .filter(organization -> name.endsWith("@" + organization.spec().domain()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no organisation of the trial has a user " + name));
    }

    NodeName node() {
        return spec.nodes().get(0).name();
    }

    /** Its folder below {@code organizations}. */
    Path folder(Path organizations) {
        return spec.folder(organizations);
    }

    Path nodeFolder(Path organizations) {
        return spec.nodeFolder(organizations, node());
    }

    Path userFolder(Path organizations, String user) {
        return spec.userFolder(organizations, user);
    }

    OrganizationSpec.Kind kind() {
        return spec.kind();
    }

    /** The node's own file in {@code jangbu.home}. */
    String nodeProperties() {
        boolean peer = kind() == OrganizationSpec.Kind.PEER;
        return "role=" + (peer ? "peer" : "orderer") + "\nmspId=" + spec.mspId() + "\nendorsing=" + peer + "\naddress="
                + node() + ":" + port + "\n";
    }

    /** Where the node serves gRPC. */
    String grpcProperties(String host) {
        return "listen=" + host + ":" + port + "\nclient-certificates=none\n";
    }

    private static OrganizationSpec ofDomain(String domain) {
        return DESCRIBED.stream()
                .filter(organization -> organization.domain().equals(domain))
                .findFirst()
                .orElseThrow();
    }

    private static List<OrganizationSpec> described() {
        try (InputStream in = TrialOrganization.class.getResourceAsStream("crypto-config.yaml")) {
            if (in == null) {
                throw new IllegalStateException("crypto-config.yaml is missing in this build");
            }
            return CryptoConfig.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | CryptoConfigException e) {
            throw new IllegalStateException("crypto-config.yaml of this build cannot be used", e);
        }
    }
}
