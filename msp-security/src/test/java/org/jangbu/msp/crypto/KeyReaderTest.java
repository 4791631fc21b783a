package org.jangbu.msp.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReaderTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");

    @ParameterizedTest
    @EnumSource(Curve.class)
    void reads_pkcs8_and_sec1(Curve curve) throws Exception {
        KeyPair keys = TestAuthority.newKeys(curve);
        VerifyingKey verifier = VerifyingKey.of(keys.getPublic());
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
        byte[] sec1 = info.parsePrivateKey().toASN1Primitive().getEncoded();
        String pkcs8Text = pem("PRIVATE KEY", info.getEncoded());
        String sec1Text =
                pem("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded()) + pem("EC PRIVATE KEY", sec1);
        for (String text :
                new String[] {pkcs8Text, pkcs8Text.replace("\n", "\r\n"), "words before\n" + pkcs8Text, sec1Text}) {
            SigningKey key = KeyReader.read(text.getBytes(StandardCharsets.US_ASCII));
            assertThat(key.curve()).isEqualTo(curve);
            assertThat(verifier.verifies(key.sign(MESSAGE), MESSAGE)).isTrue();
            assertThat(key.belongsTo(verifier)).isTrue();
            assertThat(key).hasToString("signing key on " + curve);
        }
    }

    @Test
    void refuses_rsa_and_other_curves() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair rsaKeys = rsa.generateKeyPair();
        assertRefused(pem("PRIVATE KEY", rsaKeys.getPrivate().getEncoded()), "not an ECDSA key");
        assertThatThrownBy(() -> VerifyingKey.of(rsaKeys.getPublic())).isInstanceOf(InvalidKeyException.class);
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
        other.initialize(new ECGenParameterSpec("secp521r1"));
        assertRefused(pem("PRIVATE KEY", other.generateKeyPair().getPrivate().getEncoded()), "P-256 and P-384");
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void opens_an_encrypted_key_with_its_secret_only(Curve curve) throws Exception {
        KeyPair keys = TestAuthority.newKeys(curve);
        byte[] sealed =
                SealedKey.seal(PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded()), "secret");
        assertThat(new String(sealed, StandardCharsets.US_ASCII)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(KeyReader.read(sealed, "secret").belongsTo(VerifyingKey.of(keys.getPublic())))
                .isTrue();
        assertThatThrownBy(() -> KeyReader.read(sealed, "Secret"))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("another secret");
        assertThatThrownBy(() -> KeyReader.read(sealed))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("is encrypted, and no secret was given");
    }

    @Test
    void refuses_an_encrypted_key_that_asks_for_endless_work() throws Exception {
        PBKDF2Params work = new PBKDF2Params(new byte[16], Integer.MAX_VALUE);
        KeyDerivationFunc derivation = new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, work);
        EncryptionScheme cipher =
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16]));
        assertSealedRefused(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, new PBES2Parameters(derivation, cipher)),
                "2147483647 iterations");
    }

    @Test
    void refuses_encryption_of_former_times_and_says_how_to_renew_it() throws Exception {
        assertSealedRefused(
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.pbeWithMD5AndDES_CBC, new PKCS12PBEParams(new byte[8], 2048)),
                "openssl pkcs8 -topk8");
        assertRefused("""
                -----BEGIN EC PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00

                AAAA
                -----END EC PRIVATE KEY-----
                """, "openssl pkcs8 -topk8");
    }

    private static void assertSealedRefused(AlgorithmIdentifier algorithm, String reason) throws Exception {
        byte[] sealed = new EncryptedPrivateKeyInfo(algorithm, new byte[32]).getEncoded();
        byte[] text = pem("ENCRYPTED PRIVATE KEY", sealed).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> KeyReader.read(text, "secret"))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nA=AA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void refuses_everything_else(String text) {
        assertRefused(text, "");
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> KeyReader.read(text.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining(reason);
    }

    private static String pem(String type, byte[] content) {
        return new Pem(type, ByteString.copyFrom(content)).text();
    }
}
