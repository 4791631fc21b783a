package org.jangbu.quickstart.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
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
 * The certificate authorities of the trial: the ones that made its material, so that whoever enrols is a member of the channel at once. Names, ports and the
 * administrator's id are those of Fabric's test network.
 */
final class TrialAuthorities {
    private static final EnrollmentId ADMINISTRATOR = new EnrollmentId("admin");

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
        write(TrialOrganization.ORG1, "ca-org1", 7054, administrator);
        write(TrialOrganization.ORG2, "ca-org2", 8054, administrator);
        write(TrialOrganization.ORDERER, "ca-orderer", 9054, administrator);
    }

    private void write(TrialOrganization organization, String name, int port, DerivedSecret administrator)
            throws IOException {
        AuthorityProfile profile = new AuthorityProfile(
                new AuthorityName(name),
                organization.spec().mspId(),
                Optional.of(port),
                new AuthoritySettings(-1, true),
                Optional.of(new AuthorityProfile.Administrator(ADMINISTRATOR, administrator)),
                List.of(
                        new Affiliation("org1.department1"),
                        new Affiliation("org1.department2"),
                        new Affiliation("org2.department1")));
        new AuthorityFolder(folder.resolve(name)).write(profile, certificate(organization), secret);
    }

    private AuthorityCertificate certificate(TrialOrganization organization) throws IOException {
        Path material = organization.folder(organizations).resolve("ca");
        String file = "ca." + organization.spec().domain() + "-cert.pem";
        try {
            return new AuthorityCertificate(
                    List.of(CertificateReader.only(Files.readAllBytes(material.resolve(file)))),
                    KeyReader.read(Files.readAllBytes(material.resolve("priv_sk"))));
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority in " + material + " cannot be used: " + e.getMessage(), e);
        }
    }
}
