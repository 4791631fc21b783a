package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority below another one: its request, its certificate from above, and what it issues itself. */
class IntermediateAuthorityTest extends AuthorityTest {
    private static final String KEY_SECRET = "secret";

    @TempDir
    Path parent;

    private final AuthorityName below = TestRegistry.newName();

    @Test
    void what_it_issues_holds_in_an_msp_with_root_and_intermediate() throws Exception {
        AuthorityRequest request = new AuthorityRequest(folder());
        String csr = Files.readString(request.write(profile(), "ica", Curve.P384, KEY_SECRET));
        assertThat(HostedAuthorities.folders(parent))
                .as("a request is no authority")
                .isEmpty();
        X509Certificate own = enrolAbove("ica", csr);
        request.complete(chain(own, certificate.own()), KEY_SECRET);
        try (var left = Files.list(parent)) {
            assertThat(left).containsExactly(folder());
        }

        HostedAuthorities hosted = HostedAuthorities.open(
                HostedAuthorities.folders(parent),
                KEY_SECRET,
                opened -> TestRegistry.open(opened.name(), opened.certificate()),
                clock);
        CertificateAuthority ica = hosted.find(below.value(), 0);
        assertThat(ica.certificate().pem())
                .as("the chain that cainfo tells")
                .isEqualTo(CertificateReader.pem(own) + CertificateReader.pem(certificate.own()));
        Client registrar = Client.enroll(ica, "admin", SECRET);
        registrar.call(session -> session.register(registration("user1", "client", "")));
        X509Certificate user = Client.enroll(ica, "user1", "user1pw").certificate();

        ChannelMembership channel = membership(own);
        assertThat(roles(channel, user)).containsExactlyInAnyOrder(MSPRoleType.MEMBER, MSPRoleType.CLIENT);
        assertThatThrownBy(() ->
                        roles(channel, newClient("user2", "client", "org1").certificate()))
                .as("the root issues no members where roles are the intermediate's")
                .isInstanceOf(org.jangbu.msp.identity.IdentityException.class);
    }

    @Test
    void a_chain_that_does_not_fit_is_refused_and_the_request_stays() throws Exception {
        AuthorityRequest request = new AuthorityRequest(folder());
        String csr = Files.readString(request.write(profile(), "ica", Curve.P256, KEY_SECRET));
        X509Certificate own = enrolAbove("ica", csr);
        X509Certificate member = newClient("user1", "client", "org1").certificate();
        X509Certificate otherRoot =
                RootAuthority.create("ca.org1.example.com", clock).own();
        assertRefused(request, "does not belong", KEY_SECRET, certificate.own());
        assertRefused(request, "no certificate", KEY_SECRET);
        assertRefused(request, "does not end at a root", KEY_SECRET, own);
        assertRefused(request, "not", KEY_SECRET, member, certificate.own());
        assertRefused(request, "cannot be", "another secret", own, certificate.own());
        assertThatThrownBy(() -> request.complete(chain(own, otherRoot), KEY_SECRET))
                .isInstanceOf(IOException.class);
        assertThat(folder()).doesNotExist();
        request.complete(chain(own, certificate.own()), KEY_SECRET);
        assertThat(new AuthorityFolder(folder()).certificate(KEY_SECRET).own()).isEqualTo(own);
    }

    @Test
    void none_may_stand_below_it() throws Exception {
        AuthorityRequest first = new AuthorityRequest(folder());
        X509Certificate own =
                enrolAbove("ica", Files.readString(first.write(profile(), "ica", Curve.P256, KEY_SECRET)));
        first.complete(chain(own, certificate.own()), KEY_SECRET);
        AuthorityCertificate intermediate = new AuthorityFolder(folder()).certificate(KEY_SECRET);
        assertThat(intermediate.mayIssueAuthorities()).isFalse();
        AuthorityCertificate third = RootAuthority.create("third", clock);
        X509Certificate below = new CertificateIssuer(intermediate, clock)
                .issue(new CertificateIssuer.Content(
                        third.name(),
                        org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(
                                third.own().getPublicKey().getEncoded()),
                        SigningProfile.CA,
                        Optional.empty(),
                        Optional.empty()));
        assertThatThrownBy(() -> new AuthorityCertificate(List.of(below, own, certificate.own()), third.key()))
                .hasMessageContaining("so many authorities below it");
    }

    @Test
    void neither_an_authority_nor_a_request_is_overwritten() throws Exception {
        AuthorityRequest request = new AuthorityRequest(folder());
        Path file = request.write(profile(), "ica", Curve.P256, KEY_SECRET);
        String csr = Files.readString(file);
        assertThatThrownBy(() -> request.write(profile(), "ica", Curve.P256, KEY_SECRET))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent(csr);
        new AuthorityFolder(folder()).write(profile(), RootAuthority.create("ca", clock), KEY_SECRET);
        assertThatThrownBy(() -> request.complete(chain(enrolAbove("ica", csr), certificate.own()), KEY_SECRET))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private Path folder() {
        return parent.resolve(below.value());
    }

    private void assertRefused(AuthorityRequest request, String reason, String secret, X509Certificate... chain) {
        assertThatThrownBy(() -> request.complete(chain(chain), secret))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
        assertThat(folder()).doesNotExist();
    }

    private X509Certificate enrolAbove(String id, String csr) throws Exception {
        admin.call(session ->
                session.register(registration(id, "client", "", attribute(Attributes.INTERMEDIATE_CA, "true"))));
        return authority.enroll(id, id + "pw", Client.request(csr, "ca"));
    }

    private AuthorityProfile profile() {
        return new AuthorityProfile(
                below,
                new MspId("Org1MSP"),
                Optional.empty(),
                false,
                AuthoritySettings.USUAL,
                Optional.of(new AuthorityProfile.Administrator(new EnrollmentId("admin"), DerivedSecret.of(SECRET))),
                List.of());
    }

    private static byte[] chain(X509Certificate... certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(CertificateReader.pem(certificate));
        }
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** An organisation whose roles are told by units of the intermediate authority. */
    private ChannelMembership membership(X509Certificate intermediate) throws Exception {
        Path msp = parent.resolve("..msp");
        write(msp.resolve("cacerts/root.pem"), CertificateReader.pem(certificate.own()));
        write(msp.resolve("intermediatecerts/ica.pem"), CertificateReader.pem(intermediate));
        StringBuilder yaml = new StringBuilder("NodeOUs:\n  Enable: true\n");
        for (String role : List.of("Client", "Peer", "Admin", "Orderer")) {
            yaml.append("  ").append(role).append("OUIdentifier:\n    Certificate: intermediatecerts/ica.pem\n");
            yaml.append("    OrganizationalUnitIdentifier: ")
                    .append(role.toLowerCase(java.util.Locale.ROOT))
                    .append('\n');
        }
        write(msp.resolve("config.yaml"), yaml.toString());
        return ChannelMembership.of(
                List.of(LocalMsp.read(msp, new MspId("Org1MSP")).channelConfig()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static java.util.Set<MSPRoleType> roles(ChannelMembership channel, X509Certificate certificate)
            throws Exception {
        Identity identity = channel.deserialize(SerializedIdentity.newBuilder()
                .setMspid("Org1MSP")
                .setIdBytes(ByteString.copyFromUtf8(CertificateReader.pem(certificate)))
                .build()
                .toByteString());
        channel.validate(identity);
        return channel.roles(identity);
    }
}
