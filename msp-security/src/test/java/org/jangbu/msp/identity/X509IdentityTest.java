package org.jangbu.msp.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.KeyPairGenerator;
import java.util.Random;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.testing.FabricNetwork;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;

class X509IdentityTest {
    private static final MspId ID = new MspId("TestMSP");

    @Test
    void keeps_the_bytes_it_came_with() throws Exception {
        String pem = CertificateReader.pem(TestAuthority.root("r").member("m", "peer"));
        ByteString unix = X509Identity.serialize(ID, ByteString.copyFromUtf8(pem));
        ByteString windows = X509Identity.serialize(ID, ByteString.copyFromUtf8(pem.replace("\n", "\r\n")));
        X509Identity one = X509Identity.parse(unix);
        X509Identity other = X509Identity.parse(windows);
        assertThat(one.serialized()).isEqualTo(unix);
        assertThat(one).isNotEqualTo(other);
        assertThat(one.fingerprint()).as("one signer, two spellings").isEqualTo(other.fingerprint());
        assertThat(X509Identity.parse(X509Identity.serialize(new MspId("OtherMSP"), ByteString.copyFromUtf8(pem)))
                        .fingerprint())
                .as("another MSP is another signer")
                .isNotEqualTo(one.fingerprint());
    }

    @Test
    void the_twin_of_the_authoritys_signature_makes_no_second_signer() throws Exception {
        TestAuthority root = TestAuthority.root("r");
        var template = root.leaf("m", "peer");
        var keys = TestAuthority.newKeys(org.jangbu.msp.crypto.Curve.P256);
        var low = root.issue(template, keys);
        var high = root.signingHigh().issue(template, keys);
        assertThat(low.getEncoded()).isNotEqualTo(high.getEncoded());
        assertThat(X509Identity.parse(X509Identity.serialize(ID, low)).fingerprint())
                .isEqualTo(X509Identity.parse(X509Identity.serialize(ID, high)).fingerprint());
    }

    @Test
    void refuses_anything_but_one_certificate_with_an_ecdsa_key() throws Exception {
        TestAuthority root = TestAuthority.root("r");
        String pem = CertificateReader.pem(root.member("m", "peer"));
        assertMalformed("TestMSP", "");
        assertMalformed("TestMSP", "no PEM");
        assertMalformed("TestMSP", pem + pem);
        assertMalformed("TestMSP", "words before\n" + pem);
        assertMalformed("TestMSP", pem.replace("CERTIFICATE", "PRIVATE KEY"));
        assertMalformed("TestMSP", pem.substring(0, pem.length() - 40));
        assertMalformed("TestMSP", pem.replaceFirst("M", "N"));
        assertMalformed("", pem);
        assertMalformed("Test MSP", pem);
        assertMalformed("TestMSP", pem + " ".repeat(X509Identity.MAX_SERIALIZED_LENGTH));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertMalformed("TestMSP", CertificateReader.pem(root.issue(root.leaf("rsa", "peer"), rsa.generateKeyPair())));
        assertThat(X509Identity.parse(serialized("TestMSP", "\n" + pem + "\n\n"))
                        .mspId())
                .isEqualTo(ID);
    }

    @Test
    void no_bytes_do_worse_than_malformed() throws Exception {
        Random random = new Random(3);
        byte[] good = FabricNetwork.peer(FabricNetwork.ORG1)
                .signingIdentity()
                .serialized()
                .toByteArray();
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                X509Identity.parse(ByteString.copyFrom(bytes));
            } catch (IdentityException e) {
                assertThat(e.reason()).isEqualTo(IdentityException.Reason.MALFORMED);
            }
        }
    }

    @Test
    void refuses_a_key_that_is_not_the_certificates() throws Exception {
        KeySigningIdentity peer = FabricNetwork.peer(FabricNetwork.ORG1).signingIdentity();
        SigningKey other =
                FabricNetwork.peer(FabricNetwork.ORG2).signingIdentity().key();
        ByteString pem = ByteString.copyFromUtf8(CertificateReader.pem(peer.certificate()));
        assertThatThrownBy(() -> KeySigningIdentity.of(FabricNetwork.ORG1, pem, other))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("does not belong");
    }

    private static ByteString serialized(String mspId, String pem) {
        return SerializedIdentity.newBuilder()
                .setMspid(mspId)
                .setIdBytes(ByteString.copyFromUtf8(pem))
                .build()
                .toByteString();
    }

    private static void assertMalformed(String mspId, String pem) {
        assertThatThrownBy(() -> X509Identity.parse(serialized(mspId, pem)))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.MALFORMED));
    }
}
