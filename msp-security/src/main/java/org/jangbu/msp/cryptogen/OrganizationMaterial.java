package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jangbu.model.NodeName;

/** Makes everything of one organisation. */
final class OrganizationMaterial {
    private final OrganizationSpec spec;
    private final MaterialWriter writer;
    private final TrialAuthority authority;
    private final TrialAuthority tlsAuthority;

    OrganizationMaterial(OrganizationSpec spec, MaterialWriter writer, Clock clock)
            throws GeneralSecurityException, IOException {
        this.spec = spec;
        this.writer = writer;
        this.authority = new TrialAuthority(authorityName("ca"), spec.domain(), clock);
        this.tlsAuthority = new TrialAuthority(authorityName("tlsca"), spec.domain(), clock);
    }

    void write() throws GeneralSecurityException, IOException {
        writeAuthority("ca", authority);
        writeAuthority("tlsca", tlsAuthority);
        writeMsp(writer.in("msp"));
        MaterialWriter nodes = writer.in(spec.kind().nodesFolder());
        for (NodeName node : spec.nodes()) {
            writeMember(nodes.in(node.value()), node.value(), spec.kind().role(), "server", hosts(node));
        }
        MaterialWriter users = writer.in("users");
        writeUser(users, "Admin", "admin");
        for (String user : spec.users()) {
            writeUser(users, user, "client");
        }
    }

    private void writeAuthority(String folder, TrialAuthority which) throws IOException {
        MaterialWriter own = writer.in(folder);
        own.certificate(certificateFile(authorityName(folder)), which.certificate());
        own.key("priv_sk", which.keys());
    }

    private void writeUser(MaterialWriter users, String user, String role)
            throws GeneralSecurityException, IOException {
        String name = user + "@" + spec.domain();
        writeMember(users.in(name), name, role, "client", new GeneralNames(new GeneralName[0]));
    }

    private void writeMember(MaterialWriter folder, String name, String role, String tlsFile, GeneralNames hosts)
            throws GeneralSecurityException, IOException {
        MaterialWriter msp = folder.in("msp");
        writeMsp(msp);
        KeyPair keys = TrialAuthority.newKeys();
        msp.in("keystore").key("priv_sk", keys);
        msp.in("signcerts").certificate(certificateFile(name), authority.issueIdentity(name, role, keys));
        MaterialWriter tls = folder.in("tls");
        KeyPair tlsKeys = TrialAuthority.newKeys();
        tls.key(tlsFile + ".key", tlsKeys);
        tls.certificate(tlsFile + ".crt", tlsAuthority.issueTls(name, hosts, tlsKeys));
        tls.certificate("ca.crt", tlsAuthority.certificate());
    }

    private void writeMsp(MaterialWriter msp) throws IOException {
        String authorityFile = certificateFile(authorityName("ca"));
        msp.in("cacerts").certificate(authorityFile, authority.certificate());
        msp.in("tlscacerts").certificate(certificateFile(authorityName("tlsca")), tlsAuthority.certificate());
        StringBuilder yaml = new StringBuilder("NodeOUs:\n  Enable: true\n");
        for (String role : List.of("Client", "Peer", "Admin", "Orderer")) {
            yaml.append("  ").append(role).append("OUIdentifier:\n");
            yaml.append("    Certificate: cacerts/").append(authorityFile).append('\n');
            yaml.append("    OrganizationalUnitIdentifier: ")
                    .append(role.toLowerCase(java.util.Locale.ROOT))
                    .append('\n');
        }
        msp.text("config.yaml", yaml.toString());
    }

    /** A node is reached by its name, by the first label of it, and in a trial on the same machine. */
    private static GeneralNames hosts(NodeName node) {
        List<GeneralName> hosts = new ArrayList<>();
        hosts.add(new GeneralName(GeneralName.dNSName, node.value()));
        int dot = node.value().indexOf('.');
        if (dot > 0) {
            hosts.add(new GeneralName(GeneralName.dNSName, node.value().substring(0, dot)));
        }
        hosts.add(new GeneralName(GeneralName.dNSName, "localhost"));
        hosts.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        hosts.add(new GeneralName(GeneralName.iPAddress, "::1"));
        return new GeneralNames(hosts.toArray(new GeneralName[0]));
    }

    private String authorityName(String prefix) {
        return prefix + "." + spec.domain();
    }

    private static String certificateFile(String name) {
        return name + "-cert.pem";
    }
}
