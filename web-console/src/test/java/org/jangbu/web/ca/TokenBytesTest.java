package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Base64;
import org.jangbu.model.MspId;
import org.jangbu.msp.ca.AuthorityCertificate;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.AuthoritySettings;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CallerSession;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.Registry;
import org.jangbu.msp.ca.RegistryException;
import org.jangbu.msp.ca.RootAuthority;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.SigningKey;
import org.junit.jupiter.api.Test;

/** A token covers the bytes of a call as they were sent: whoever says the same in other words is refused, before the registry is asked. */
class TokenBytesTest {
    private static final String ADDRESS = "/api/v1/identities/a%2Fb?force=true&ca=ca-org1";
    private static final String BODY = "{ \"id\" : \"\u00e9\",\n  \"type\":\"client\" }";

    private final KeyPair keys;
    private final AuthorityCertificate certificate;

    TokenBytesTest() throws Exception {
        keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        certificate = RootAuthority.create("ca", keys, Clock.systemUTC());
    }

    @Test
    void the_bytes_that_were_signed_are_taken() throws Exception {
        assertTaken("PUT", ADDRESS, BODY);
    }

    @Test
    void the_same_said_otherwise_is_refused() throws Exception {
        assertRefused("PUT", ADDRESS, "{\"id\":\"\u00e9\",\"type\":\"client\"}");
        assertRefused("PUT", ADDRESS, BODY + " ");
        assertRefused("PUT", ADDRESS, BODY.replace("\u00e9", "e\u0301"));
        assertRefused("PUT", "/api/v1/identities/a%2fb?force=true&ca=ca-org1", BODY);
        assertRefused("PUT", "/identities/a%2Fb?force=true&ca=ca-org1", BODY);
        assertRefused("PUT", "/api/v1/identities/a%2Fb?ca=ca-org1&force=true", BODY);
        assertRefused("PUT", "/api/v1/identities/a%2Fb?force=true&ca=ca-org2", BODY);
        assertRefused("POST", ADDRESS, BODY);
    }

    private void assertTaken(String method, String address, String body) throws Exception {
        CaRequest request = Requests.read(method, address, body.getBytes(StandardCharsets.UTF_8), token());
        assertThatThrownBy(() -> call(request)).isInstanceOf(RegistryException.class);
    }

    private void assertRefused(String method, String address, String body) throws Exception {
        CaRequest request = Requests.read(method, address, body.getBytes(StandardCharsets.UTF_8), token());
        CaRequestTest.assertRefused(401, CaError.INVALID_TOKEN, () -> call(request));
    }

    private void call(CaRequest request) throws Exception {
        new CaCall(authority(certificate), request, () -> {}).signed(CallerSession::identities);
    }

    /** An authority without a registry. */
    static CertificateAuthority authority(AuthorityCertificate certificate) {
        Registry nowhere = new Registry() {
            @Override
            public <T> T inTransaction(Work<T> work) {
                throw new RegistryException("asked", new IllegalStateException());
            }
        };
        return new CertificateAuthority(
                new AuthorityName("ca-org1"),
                new MspId("Org1MSP"),
                certificate,
                AuthoritySettings.USUAL,
                nowhere,
                Clock.systemUTC());
    }

    private String token() throws Exception {
        String pem = base64(CertificateReader.pem(certificate.own()));
        ByteString signed = ByteString.copyFromUtf8("PUT." + base64(ADDRESS) + "." + base64(BODY) + "." + pem);
        return pem + "."
                + Base64.getEncoder()
                        .encodeToString(
                                SigningKey.of(keys.getPrivate()).sign(signed).toByteArray());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
