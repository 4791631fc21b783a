package org.jangbu.tests.spread;

import java.nio.file.Path;

/** An organisation with one node, and the names that its files have. */
enum SpreadOrganization {
    ORDERER("OrdererMSP", "ordererOrganizations", "example.com", "orderers", "orderer.example.com", 7050),
    ORG1("Org1MSP", "peerOrganizations", "org1.example.com", "peers", "peer0.org1.example.com", 7051),
    ORG2("Org2MSP", "peerOrganizations", "org2.example.com", "peers", "peer0.org2.example.com", 7051);

    private final String mspId;
    private final String kind;
    private final String domain;
    private final String nodes;
    private final String node;
    private final int port;

    SpreadOrganization(String mspId, String kind, String domain, String nodes, String node, int port) {
        this.mspId = mspId;
        this.kind = kind;
        this.domain = domain;
        this.nodes = nodes;
        this.node = node;
        this.port = port;
    }

    String mspId() {
        return mspId;
    }

    String node() {
        return node;
    }

    /** Of the node's gRPC, before its server's offset. */
    int port() {
        return port;
    }

    boolean orders() {
        return this == ORDERER;
    }

    /** Whether its node takes only clients, and nodes of the other server, that show a TLS certificate. */
    boolean demandsCertificates() {
        return this != ORG2;
    }

    private Path folder(Path organizations) {
        return organizations.resolve(kind).resolve(domain);
    }

    /** What channels and consortia know of it. */
    Path msp(Path organizations) {
        return folder(organizations).resolve("msp");
    }

    /** Of its node: {@code msp} and {@code tls}. */
    Path nodeFolder(Path organizations) {
        return folder(organizations).resolve(nodes).resolve(node);
    }

    Path userMsp(Path organizations, String user) {
        return user(organizations, user).resolve("msp");
    }

    /** What a user's client shows as TLS certificate: {@code client.crt} and {@code client.key}. */
    Path userTls(Path organizations, String user) {
        return user(organizations, user).resolve("tls");
    }

    private Path user(Path organizations, String user) {
        return folder(organizations).resolve("users").resolve(user + "@" + domain);
    }

    /** The root of its nodes' TLS certificates. */
    Path tlsRoot(Path organizations) {
        return nodeFolder(organizations).resolve("tls/ca.crt");
    }
}
