package org.jangbu.tests.ca;

import java.net.URI;
import java.nio.file.Path;
import org.jangbu.tests.server.TrialServer;

/** Where Org1's authority is in the trial. */
final class Ca {
    /** Its own port. */
    static final URI ORG1 = TrialServer.installation().server().authority(7054);

    private Ca() {}

    /** What its TLS certificate is checked with. */
    static Path tlsRoot() {
        return TrialServer.installation()
                .network()
                .organizations()
                .resolve("peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem")
                .toAbsolutePath();
    }
}
