package org.jangbu.msp.ca;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;

/** An authority of its own for each test, with an administrator and two affiliations. */
@SuppressWarnings("NullAway.Init") // set before each test
abstract class AuthorityTest {
    static final String SECRET = "adminpw";
    private static final DerivedSecret DERIVED = DerivedSecret.of(SECRET);

    final SettableClock clock = new SettableClock();
    final AuthorityName name = TestRegistry.newName();
    AuthorityCertificate certificate;
    CertificateAuthority authority;
    Client admin;

    @BeforeEach
    void open() throws Exception {
        certificate = newRoot();
        open(new AuthoritySettings(-1, true));
        authority.bootstrap(
                new EnrollmentId("admin"),
                DERIVED,
                List.of(
                        new Affiliation("org1.department1"),
                        new Affiliation("org1.department2"),
                        new Affiliation("org2")));
        admin = Client.enroll(authority, "admin", SECRET);
    }

    final void open(AuthoritySettings settings) throws Exception {
        authority = new CertificateAuthority(
                name, new MspId("Org1MSP"), certificate, settings, TestRegistry.open(name, certificate), clock);
    }

    AuthorityCertificate newRoot() throws Exception {
        return RootAuthority.create("ca.org1.example.com", clock);
    }

    static RegistrationRequest registration(String id, String type, String affiliation, Attribute... attributes) {
        return new RegistrationRequest(id, type, affiliation, id + "pw", Optional.empty(), List.of(attributes));
    }

    /** Somebody whom the administrator registers and who enrols. */
    Client newClient(String id, String type, String affiliation, Attribute... attributes) throws Exception {
        admin.call(session -> session.register(registration(id, type, affiliation, attributes)));
        return Client.enroll(authority, id, id + "pw");
    }

    static Attribute attribute(String name, String value) {
        return new Attribute(name, value, false);
    }

    static Attribute inCertificate(String name, String value) {
        return new Attribute(name, value, true);
    }

    /** That work is refused with a status and the number by which the log knows why. */
    static AbstractThrowableAssert<?, ?> assertRefused(int status, CaError error, ThrowingCallable work) {
        return Assertions.assertThatThrownBy(work).isInstanceOfSatisfying(CaException.class, refusal -> {
            Assertions.assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(status);
            Assertions.assertThat(refusal.error()).as(refusal.getMessage()).isEqualTo(error);
        });
    }

    static SigningKey key(Client client) throws Exception {
        return SigningKey.of(client.keys().getPrivate());
    }
}
