package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

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
        this.authority = new TrialAuthority(authorityName("ca"), spec, clock);
        this.tlsAuthority = new TrialAuthority(authorityName("tlsca"), spec, clock);
    }

    void write() throws GeneralSecurityException, IOException {
        writeAuthority("ca", authority);
        writeAuthority("tlsca", tlsAuthority);
        KeyPair adminKeys = TrialAuthority.newKeys();
        String adminName = userName("Admin");
        X509Certificate admin = authority.issueIdentity(adminName, unit("admin"), adminKeys);
        writeMsp(writer.in("msp"), admin);
        MaterialWriter nodes = writer.in(spec.kind().nodesFolder());
        for (NodeSpec node : spec.nodes()) {
            Member member = newMember(node.name().value(), unit(spec.kind().role()));
            write(member, nodes, admin, "server", node.alternativeNames());
        }
        MaterialWriter users = writer.in("users");
        GeneralNames nowhere = new GeneralNames(new GeneralName[0]);
        write(new Member(adminName, admin, adminKeys), users, admin, "client", nowhere);
        for (String user : spec.users()) {
            write(newMember(userName(user), unit("client")), users, admin, "client", nowhere);
        }
    }

    private String userName(String user) {
        return user + "@" + spec.domain();
    }

    /** Without NodeOUs a unit would tell nothing. */
    private Optional<String> unit(String role) {
        return Optional.of(role).filter(name -> spec.nodeOus());
    }

    private Member newMember(String name, Optional<String> unit) throws GeneralSecurityException, IOException {
        KeyPair keys = TrialAuthority.newKeys();
        return new Member(name, authority.issueIdentity(name, unit, keys), keys);
    }

    private void writeAuthority(String folder, TrialAuthority which) throws IOException {
        MaterialWriter own = writer.in(folder);
        own.certificate(certificateFile(authorityName(folder)), which.certificate());
        own.key("priv_sk", which.keys());
    }

    private void write(Member member, MaterialWriter among, X509Certificate admin, String tlsFile, GeneralNames hosts)
            throws GeneralSecurityException, IOException {
        MaterialWriter folder = among.in(member.name());
        MaterialWriter msp = folder.in("msp");
        writeMsp(msp, admin);
        msp.in("keystore").key("priv_sk", member.keys());
        msp.in("signcerts").certificate(certificateFile(member.name()), member.certificate());
        MaterialWriter tls = folder.in("tls");
        KeyPair tlsKeys = TrialAuthority.newKeys();
        tls.key(tlsFile + ".key", tlsKeys);
        tls.certificate(tlsFile + ".crt", tlsAuthority.issueTls(member.name(), hosts, tlsKeys));
        tls.certificate("ca.crt", tlsAuthority.certificate());
    }

    private void writeMsp(MaterialWriter msp, X509Certificate admin) throws IOException {
        String authorityFile = certificateFile(authorityName("ca"));
        msp.in("cacerts").certificate(authorityFile, authority.certificate());
        msp.in("tlscacerts").certificate(certificateFile(authorityName("tlsca")), tlsAuthority.certificate());
        if (!spec.nodeOus()) {
            msp.in("admincerts").certificate(certificateFile(userName("Admin")), admin);
            return;
        }
        StringBuilder yaml = new StringBuilder("NodeOUs:\n  Enable: true\n");
        for (String role : List.of("Client", "Peer", "Admin", "Orderer")) {
            yaml.append("  ").append(role).append("OUIdentifier:\n");
            yaml.append("    Certificate: cacerts/").append(authorityFile).append('\n');
            yaml.append("    OrganizationalUnitIdentifier: ")
                    .append(role.toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        msp.text("config.yaml", yaml.toString());
    }

    private String authorityName(String prefix) {
        return prefix.replace("ca", spec.authority().hostname()) + "." + spec.domain();
    }

    /** A node or user that has its certificate. */
    private record Member(String name, X509Certificate certificate, KeyPair keys) {}

    private static String certificateFile(String name) {
        return name + "-cert.pem";
    }
}
