package org.jangbu.tests.renewal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.tests.server.TrialServer;

/**
 * A node of the trial and where its certificates come from.
 *
 * @param material the folder of its organisation, below {@code organizations}
 * @param suffix what the names of its authorities end with
 */
record TrialNode(String name, String material, String suffix) {
    static final TrialNode PEER1 =
            new TrialNode("peer0.org1.example.com", "peerOrganizations/org1.example.com", "org1");
    static final TrialNode PEER2 =
            new TrialNode("peer0.org2.example.com", "peerOrganizations/org2.example.com", "org2");
    static final TrialNode ORDERER =
            new TrialNode("orderer.example.com", "ordererOrganizations/example.com", "orderer");

    Path home() {
        return TrialServer.installation().network().home().resolve("nodes").resolve(name);
    }

    Path msp() {
        return home().resolve("msp");
    }

    Path tls() {
        return home().resolve("tls");
    }

    /** The file of the certificate it signs with. */
    Path certificateFile() throws IOException {
        try (Stream<Path> files = Files.list(msp().resolve("signcerts"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    X509Certificate certificate() throws IOException, CertificateException {
        return CertificateReader.first(Files.readAllBytes(certificateFile()));
    }

    X509Certificate tlsCertificate() throws IOException, CertificateException {
        return CertificateReader.first(Files.readAllBytes(tls().resolve("server.crt")));
    }
}
