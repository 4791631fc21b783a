package org.jangbu.quickstart.network;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.AuthorityCertificate;
import org.jangbu.msp.ca.AuthorityFolder;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.AuthorityProfile;
import org.jangbu.msp.ca.AuthoritySettings;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/**
 * The certificate authorities of the trial: the ones that made its material, so that whoever enrols is a member of the channel at once, and so that nodes and
 * users renew with them what they have. Names, ports and the administrator's id are those of Fabric's test network; each organisation's authority of TLS
 * certificates stands at the same port and has to be named.
 */
final class TrialAuthorities {
    private static final EnrollmentId ADMINISTRATOR = new EnrollmentId("admin");
    private static final int MATERIAL_DEPTH = 5;

    private final Path organizations;
    private final Path folder;
    private final String secret;

    /**
     * Nothing is written yet.
     *
     * @param folder gets one folder for each authority
     * @param secret under which their keys are encrypted
     */
    TrialAuthorities(Path organizations, Path folder, String secret) {
        this.organizations = organizations;
        this.folder = folder;
        this.secret = secret;
    }

    void write(String administratorPassword) throws IOException {
        DerivedSecret administrator = DerivedSecret.of(administratorPassword);
        for (TrialOrganization organization : TrialOrganization.ALL) {
            write(organization, administrator);
        }
    }

    private void write(TrialOrganization organization, DerivedSecret administrator) throws IOException {
        Seat seat = Seat.of(organization);
        List<Affiliation> affiliations = List.of(
                new Affiliation("org1.department1"),
                new Affiliation("org1.department2"),
                new Affiliation("org2.department1"));
        for (Purpose purpose : Purpose.values()) {
            AuthorityProfile profile = new AuthorityProfile(
                    new AuthorityName(purpose.material + "-" + seat.name()),
                    organization.spec().mspId(),
                    Optional.of(seat.port()),
                    purpose == Purpose.IDENTITIES,
                    new AuthoritySettings(-1, true, purpose == Purpose.IDENTITIES),
                    Optional.of(new AuthorityProfile.Administrator(ADMINISTRATOR, administrator)),
                    affiliations);
            new AuthorityFolder(folder.resolve(profile.name().value()))
                    .write(profile, certificate(organization, purpose), secret, issued(organization, purpose));
        }
    }

    /** What {@code renewal.properties} of an organisation's node says. */
    static String renewal(TrialOrganization organization, IntFunction<URI> addresses) {
        Seat seat = Seat.of(organization);
        URI address = addresses.apply(seat.port());
        return "ca.address=" + address + "\nca.name=ca-" + seat.name() + "\ntlsca.address=" + address
                + "\ntlsca.name=tlsca-" + seat.name() + "\ntrust=authorities.pem\n";
    }

    /** Where the authorities of an organisation answer, and what their names end with. */
    private record Seat(String name, int port) {
        static Seat of(TrialOrganization organization) {
            if (organization.equals(TrialOrganization.ORG1)) {
                return new Seat("org1", 7054);
            }
            return organization.equals(TrialOrganization.ORG2) ? new Seat("org2", 8054) : new Seat("orderer", 9054);
        }
    }

    private AuthorityCertificate certificate(TrialOrganization organization, Purpose purpose) throws IOException {
        Path material = organization.folder(organizations).resolve(purpose.material);
        String file = purpose.material + "." + organization.spec().domain() + "-cert.pem";
        try {
            return new AuthorityCertificate(
                    List.of(CertificateReader.only(Files.readAllBytes(material.resolve(file)))),
                    KeyReader.read(Files.readAllBytes(material.resolve("priv_sk"))));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + material + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** What nodes and users of the organisation were given. */
    private List<X509Certificate> issued(TrialOrganization organization, Purpose purpose) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(organization.folder(organizations), MATERIAL_DEPTH)) {
            files = all.filter(purpose::isOfMember).sorted().toList();
        }
        List<X509Certificate> issued = new ArrayList<>();
        for (Path file : files) {
            try {
                issued.add(CertificateReader.only(Files.readAllBytes(file)));
            } catch (GeneralSecurityException e) {
                throw new IOException(file + " is no certificate: " + e.getMessage(), e);
            }
        }
        return issued;
    }

    /** What an authority certifies, by the folder of its certificate and key. */
    private enum Purpose {
        IDENTITIES("ca"),
        TLS("tlsca");

        private final String material;

        Purpose(String material) {
            this.material = material;
        }

        /** Whether a file holds what such an authority gave to a node or user. */
        boolean isOfMember(Path file) {
            return this == TLS
                    ? file.endsWith("tls/server.crt") || file.endsWith("tls/client.crt")
                    : file.toString().endsWith(".pem")
                            && file.getName(file.getNameCount() - 2).endsWith("signcerts");
        }
    }
}
