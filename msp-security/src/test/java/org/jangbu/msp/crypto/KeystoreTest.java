package org.jangbu.msp.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jangbu.msp.testing.OpenSsl;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeystoreTest {
    private static final String PERMISSIONS = "jangbu.keys.permissions";
    private static final KeySecrets SECRETS = new KeySecrets("secret", "");

    @TempDir
    Path folder;

    private String usual;

    @BeforeEach
    void strict() {
        usual = System.setProperty(PERMISSIONS, "owner");
    }

    @AfterEach
    void asBefore() {
        System.setProperty(PERMISSIONS, usual);
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void reads_pem_plain_and_encrypted_and_pkcs12(Curve curve) throws Exception {
        KeyPair plain = TestAuthority.newKeys(curve);
        KeyPair sealed = TestAuthority.newKeys(curve);
        KeyPair stored = TestAuthority.newKeys(curve);
        OwnerOnly.write(folder.resolve("1_sk"), pem(plain));
        OwnerOnly.write(
                folder.resolve("2_sk"),
                SealedKey.seal(PrivateKeyInfo.getInstance(sealed.getPrivate().getEncoded()), "secret"));
        writePkcs12("3.p12", stored, "secret");
        Files.writeString(folder.resolve("readme.txt"), "not a key");
        List<SigningKey> keys = new Keystore(folder).keys(SECRETS);
        assertThat(keys).hasSize(3);
        assertThat(keys.get(0).belongsTo(VerifyingKey.of(plain.getPublic()))).isTrue();
        assertThat(keys.get(1).belongsTo(VerifyingKey.of(sealed.getPublic()))).isTrue();
        assertThat(keys.get(2).belongsTo(VerifyingKey.of(stored.getPublic()))).isTrue();
    }

    @Test
    void an_empty_or_missing_keystore_has_no_keys() throws Exception {
        assertThat(new Keystore(folder).keys(SECRETS)).isEmpty();
        assertThat(new Keystore(folder.resolve("none")).keys(SECRETS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", ""})
    void a_wrong_secret_is_told_with_the_file_and_without_the_secret(String secret) throws Exception {
        writePkcs12("node.pfx", TestAuthority.newKeys(Curve.P256), "secret");
        assertThatThrownBy(() -> new Keystore(folder).keys(new KeySecrets(secret, "")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("node.pfx")
                .hasMessageContaining("another secret");
        assertThat(SECRETS.toString()).doesNotContain("secret\"").isEqualTo("secrets of keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0\u0080", "0\u0003\u0002\u0001\u0003"})
    void what_is_no_pkcs12_is_refused(String content) throws Exception {
        OwnerOnly.write(folder.resolve("node.p12"), content.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new Keystore(folder).keys(SECRETS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("node.p12");
    }

    @ParameterizedTest
    @CsvSource({
        "owner, rw-------, true", "owner, r--------, true", "owner, rw-r-----, false", "owner, rw----r--, false",
        "group, rw-r-----, true", "group, rw-rw----, false", "group, rw-r--r--, false", "any, rw-r--r--, true"
    })
    void a_key_that_others_may_read_is_refused_unless_allowed(String setting, String modes, boolean accepted)
            throws Exception {
        System.setProperty(PERMISSIONS, setting);
        Path file = folder.resolve("priv_sk");
        OwnerOnly.write(file, pem(TestAuthority.newKeys(Curve.P256)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(modes));
        if (accepted) {
            assertThat(new Keystore(folder).keys(SECRETS)).hasSize(1);
        } else {
            assertThatThrownBy(() -> new Keystore(folder).keys(SECRETS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("priv_sk")
                    .hasMessageContaining(modes)
                    .hasMessageContaining("chmod 600");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "library=/no/such/library.so",
                "library=/no/such/library.so\nslot=one",
                "library=/a\"b\nslot=1",
                "slot=\\u00zz"
            })
    void the_place_of_a_token_that_is_not_there_is_refused(String properties) throws Exception {
        Files.writeString(folder.resolve("token.properties"), properties);
        assertThatThrownBy(() -> new Keystore(folder).keys(SECRETS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("token.properties");
    }

    @Test
    void reads_what_openssl_writes() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        Path plain = folder.resolve("plain.txt");
        Path work = Files.createDirectory(folder.resolve("work"));
        OwnerOnly.write(plain, pem(keys));
        OpenSsl.run("pkcs8", "-topk8", "-in", plain, "-out", work.resolve("1_sk"), "-passout", "pass:secret");
        OpenSsl.run("ec", "-in", plain, "-out", work.resolve("2_sk"));
        Path certificate = Files.writeString(folder.resolve("cert.txt"), CertificateReader.pem(certificate(keys)));
        OpenSsl.run(
                "pkcs12",
                "-export",
                "-inkey",
                plain,
                "-in",
                certificate,
                "-passout",
                "pass:secret",
                "-out",
                work.resolve("3.p12"));
        List<SigningKey> read = new Keystore(work).keys(SECRETS);
        assertThat(read).hasSize(3);
        for (SigningKey key : read) {
            assertThat(key.belongsTo(VerifyingKey.of(keys.getPublic()))).isTrue();
        }
    }

    private void writePkcs12(String name, KeyPair keys, String secret) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("node", keys.getPrivate(), secret.toCharArray(), new X509Certificate[] {certificate(keys)});
        OwnerOnly.write(folder.resolve(name), new byte[0]);
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            store.store(out, secret.toCharArray());
        }
    }

    private static X509Certificate certificate(KeyPair keys) throws Exception {
        TestAuthority authority = TestAuthority.root("root");
        return authority.issue(authority.leaf("node", "peer"), keys);
    }

    private static byte[] pem(KeyPair keys) {
        return new Pem("PRIVATE KEY", ByteString.copyFrom(keys.getPrivate().getEncoded()))
                .text()
                .getBytes(StandardCharsets.US_ASCII);
    }
}
