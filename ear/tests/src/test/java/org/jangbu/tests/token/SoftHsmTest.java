package org.jangbu.tests.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.KeyReader;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.KeySigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftHsmTest {
    private static final MspId ID = new MspId("Org1MSP");
    private static final KeySecrets SECRETS = new KeySecrets("", SoftHsm.PIN);
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");

    /** The library looks for tokens once, when it is loaded. */
    private static SoftHsm token;

    /** Whoever has signed in to a token once is in until the process ends, whatever PIN comes later. */
    private static SoftHsm untouched;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeToken() throws Exception {
        token = SoftHsm.newToken("jangbu");
        untouched = SoftHsm.newToken("untouched");
    }

    @Test
    void a_node_signs_with_a_key_in_a_token() throws Exception {
        Path msp = nodeWithItsKeyInAToken("first", "alias=first\n");
        KeySigningIdentity signer = LocalMsp.read(msp, ID).signingIdentity(SECRETS);
        ChannelMembership channel = ChannelMembership.of(LocalMsp.read(msp, ID).msp());
        Identity identity = channel.deserialize(signer.serialized());
        channel.validate(identity);
        // Verification takes low s only, which half of a token's signatures have by themselves.
        List<ByteString> signatures = IntStream.range(0, 64)
                .parallel()
                .mapToObj(number -> signer.sign(MESSAGE))
                .toList();
        assertThat(signatures).allMatch(signature -> identity.verifies(signature, MESSAGE));
    }

    @Test
    void a_key_in_a_token_does_not_leave_it() throws Exception {
        Path msp = nodeWithItsKeyInAToken("second", "");
        KeySigningIdentity signer = LocalMsp.read(msp, ID).signingIdentity(SECRETS);
        assertThatThrownBy(() -> signer.key().info())
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("cannot leave it");
    }

    @Test
    void what_does_not_open_the_token_is_told_by_its_cause() throws Exception {
        Path msp = nodeWithItsKeyInAToken("third", "alias=third\n");
        LocalMsp local = LocalMsp.read(msp, ID);
        Path place = msp.resolve("keystore/token.properties");
        Files.writeString(place, Files.readString(place).replace("third", "nobody"));
        assertThatThrownBy(() -> local.signingIdentity(SECRETS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no key");
        Files.writeString(place, "library=" + SoftHsm.LIBRARY + "\nslot=4711\n");
        assertThatThrownBy(() -> local.signingIdentity(SECRETS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("slot 4711");
        Files.writeString(place, "library=" + SoftHsm.LIBRARY + "\nslot=" + untouched.slot());
        assertThatThrownBy(() -> local.signingIdentity(new KeySecrets("", "1111")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("token.properties")
                .hasMessageContaining("CKR_PIN_INCORRECT")
                .hasMessageNotContaining("1111");
    }

    private Path nodeWithItsKeyInAToken(String alias, String which) throws Exception {
        Path material = folder.resolve("organizations");
        OrganizationSpec organization = new OrganizationSpec(
                OrganizationSpec.Kind.PEER,
                ID,
                "org1.example.com",
                List.of(new NodeName("peer0.org1.example.com")),
                List.of());
        NetworkMaterial.generate(material, List.of(organization), Clock.systemUTC());
        Path msp = material.resolve("peerOrganizations/org1.example.com/peers/peer0.org1.example.com/msp");
        Path file = msp.resolve("keystore/priv_sk");
        byte[] pkcs8 = KeyReader.info(Files.readAllBytes(file)).getEncoded();
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] certificate = Files.readAllBytes(msp.resolve("signcerts/peer0.org1.example.com-cert.pem"));
        token.store(alias, key, CertificateReader.only(certificate));
        Files.delete(file);
        Files.writeString(
                msp.resolve("keystore/token.properties"),
                "library=" + SoftHsm.LIBRARY + "\nslot=" + token.slot() + "\n" + which,
                StandardCharsets.UTF_8);
        return msp;
    }
}
