package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
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
        X509Certificate admin = authority.issueIdentity(adminName, units("admin"), adminKeys);
        writeMsp(writer.in("msp"), admin);
        MaterialWriter nodes = writer.in(spec.kind().nodesFolder());
        for (NodeSpec node : spec.nodes()) {
            String role = spec.kind().role();
            write(newMember(node, role), nodes, admin, new TlsUse("server", role, node.alternativeNames()));
        }
        MaterialWriter users = writer.in("users");
        write(new Member(adminName, admin, adminKeys), users, admin, TlsUse.ofUser("admin"));
        for (String user : spec.users()) {
            write(newMember(userName(user), units("client")), users, admin, TlsUse.ofUser("client"));
        }
    }

    private String userName(String user) {
        return user + "@" + spec.domain();
    }

    /** Without NodeOUs a unit would tell nothing. */
    private List<String> units(String role) {
        return spec.nodeOus() ? List.of(role) : List.of();
    }

    private Member newMember(NodeSpec node, String role) throws GeneralSecurityException, IOException {
        return newMember(
                node.name().value(), spec.nodeUnits() ? List.of(role, OrganizationSpec.nodeUnit(node)) : units(role));
    }

    private Member newMember(String name, List<String> units) throws GeneralSecurityException, IOException {
        KeyPair keys = TrialAuthority.newKeys();
        return new Member(name, authority.issueIdentity(name, units, keys), keys);
    }

    private void writeAuthority(String folder, TrialAuthority which) throws IOException {
        MaterialWriter own = writer.in(folder);
        own.certificate(certificateFile(authorityName(folder)), which.certificate());
        own.key("priv_sk", which.keys());
    }

    private void write(Member member, MaterialWriter among, X509Certificate admin, TlsUse use)
            throws GeneralSecurityException, IOException {
        MaterialWriter folder = among.in(member.name());
        MaterialWriter msp = folder.in("msp");
        writeMsp(msp, admin);
        msp.in("keystore").key("priv_sk", member.keys());
        msp.in("signcerts").certificate(certificateFile(member.name()), member.certificate());
        MaterialWriter tls = folder.in("tls");
        KeyPair tlsKeys = TrialAuthority.newKeys();
        List<String> units = spec.nodeUnits() ? List.of(use.role()) : List.of();
        tls.key(use.file() + ".key", tlsKeys);
        tls.certificate(use.file() + ".crt", tlsAuthority.issueTls(member.name(), units, use.hosts(), tlsKeys));
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

    /** How somebody uses TLS. */
    private record TlsUse(String file, String role, GeneralNames hosts) {
        /** A user is nowhere to be reached. */
        static TlsUse ofUser(String role) {
            return new TlsUse("client", role, new GeneralNames(new GeneralName[0]));
        }
    }

    private static String certificateFile(String name) {
        return name + "-cert.pem";
    }
}
