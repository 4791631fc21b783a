package org.jangbu.msp.confidential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jangbu.msp.confidential.ConfidentialException.Reason;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.SealedKey;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.testing.OpenSsl;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidentialMessageTest {
    private static final byte[] CONTENT = "the price is 42".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1 << 10, 1 << 20, (8 << 20) + 1})
    void the_holder_reads_what_was_written_whatever_its_size(int size) throws Exception {
        Holder holder = Holder.on(Curve.P256);
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        byte[] message = ConfidentialMessage.encrypt(content, List.of(holder.certificate()));
        assertThat(holder.read(message)).isEqualTo(content);
        assertThat(message.length).isLessThan(size + 1024);
    }

    @Test
    void every_recipient_reads_it_and_nobody_else() throws Exception {
        List<Holder> holders =
                List.of(Holder.on(Curve.P256), Holder.on(Curve.P384), Holder.on(Curve.P256), Holder.on(Curve.P384));
        byte[] message = ConfidentialMessage.encrypt(
                CONTENT, holders.stream().map(Holder::certificate).toList());
        for (Holder holder : holders) {
            assertThat(holder.read(message)).isEqualTo(CONTENT);
        }
        Holder stranger = Holder.on(Curve.P256);
        assertRefused(Reason.NOT_A_RECIPIENT, () -> stranger.read(message));
        Holder borrowed = new Holder(holders.get(0).certificate(), stranger.key());
        assertRefused(Reason.UNREADABLE, () -> borrowed.read(message));
        Holder otherCurve =
                new Holder(holders.get(0).certificate(), holders.get(1).key());
        assertRefused(Reason.UNREADABLE, () -> otherCurve.read(message));
    }

    @Test
    void the_same_content_never_looks_the_same() throws Exception {
        Holder holder = Holder.on(Curve.P256);
        byte[] first = ConfidentialMessage.encrypt(CONTENT, List.of(holder.certificate(), holder.certificate()));
        byte[] second = ConfidentialMessage.encrypt(CONTENT, List.of(holder.certificate()));
        assertThat(second).isNotEqualTo(first).hasSameSizeAs(first);
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("price");
    }

    @Test
    void a_message_with_any_bit_changed_gives_nothing_or_what_was_written() throws Exception {
        Holder holder = Holder.on(Curve.P256);
        byte[] message = ConfidentialMessage.encrypt(CONTENT, List.of(holder.certificate()));
        List<Integer> unnoticed = new ArrayList<>();
        for (int at = 0; at < message.length; at++) {
            byte[] changed = message.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            try {
                assertThat(holder.read(changed)).as("byte %s", at).isEqualTo(CONTENT);
                unnoticed.add(at);
            } catch (ConfidentialException e) {
                assertThat(e.getMessage()).doesNotContain("price");
            }
        }
        // Only what says nothing may be changed unnoticed: the curve of the fresh key, say, which is the reader's own.
        assertThat(unnoticed).hasSizeLessThan(24);
        byte[] last = message.clone();
        last[last.length - 1] ^= 1;
        assertRefused(Reason.UNREADABLE, () -> holder.read(last));
    }

    @Test
    void what_is_no_message_is_refused() throws Exception {
        Holder holder = Holder.on(Curve.P256);
        byte[] message = ConfidentialMessage.encrypt(CONTENT, List.of(holder.certificate()));
        assertRefused(Reason.MALFORMED, () -> holder.read(new byte[0]));
        assertRefused(Reason.MALFORMED, () -> holder.read(CONTENT));
        assertRefused(Reason.MALFORMED, () -> holder.read(Arrays.copyOf(message, message.length / 2)));
        assertRefused(Reason.MALFORMED, () -> holder.read(holder.certificate().getEncoded()));
        assertRefused(Reason.MALFORMED, () -> holder.read(new byte[ConfidentialMessage.MAX_CONTENT + (2 << 20)]));
    }

    @Test
    void random_bytes_are_refused_and_nothing_else() throws Exception {
        Holder holder = Holder.on(Curve.P256);
        byte[] message = ConfidentialMessage.encrypt(CONTENT, List.of(holder.certificate()));
        Random random = new Random(20261122);
        for (int round = 0; round < 2000; round++) {
            byte[] changed = message.clone();
            IntStream.range(0, 1 + random.nextInt(8))
                    .forEach(i -> changed[random.nextInt(changed.length)] = (byte) random.nextInt());
            try {
                assertThat(holder.read(changed)).isEqualTo(CONTENT);
            } catch (ConfidentialException e) {
                assertThat(e.getMessage()).doesNotContain("price");
            }
        }
    }

    @Test
    void nobody_too_much_and_keys_of_no_use_are_refused() throws Exception {
        assertRefused(Reason.MALFORMED, () -> ConfidentialMessage.encrypt(CONTENT, List.of()));
        Holder holder = Holder.on(Curve.P256);
        byte[] tooLong = new byte[ConfidentialMessage.MAX_CONTENT + 1];
        assertRefused(Reason.MALFORMED, () -> ConfidentialMessage.encrypt(tooLong, List.of(holder.certificate())));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        TestAuthority authority = TestAuthority.root("root");
        X509Certificate other = authority.issue(authority.leaf("rsa"), rsa.generateKeyPair());
        assertRefused(
                Reason.UNUSABLE_KEY, () -> ConfidentialMessage.encrypt(CONTENT, List.of(holder.certificate(), other)));
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void openssl_reads_what_we_write_and_writes_what_we_read(Curve curve) throws Exception {
        Holder holder = Holder.on(curve);
        Holder other = Holder.on(Curve.P256);
        Path certificate = Files.writeString(folder.resolve("cert.pem"), CertificateReader.pem(holder.certificate()));
        Path key = folder.resolve("key.pem");
        Files.write(key, SealedKey.seal(holder.key().info(), "secret"));
        Path ours = folder.resolve("ours.der");
        Files.write(ours, ConfidentialMessage.encrypt(CONTENT, List.of(other.certificate(), holder.certificate())));
        Path read = folder.resolve("read");
        OpenSsl.run(
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                ours,
                "-recip",
                certificate,
                "-inkey",
                key,
                "-passin",
                "pass:secret",
                "-out",
                read);
        assertThat(read).hasBinaryContent(CONTENT);

        Path content = Files.write(folder.resolve("content"), CONTENT);
        Path theirs = folder.resolve("theirs.der");
        OpenSsl.run(
                "cms",
                "-encrypt",
                "-binary",
                "-aes-256-gcm",
                "-outform",
                "DER",
                "-in",
                content,
                "-out",
                theirs,
                "-recip",
                certificate,
                "-keyopt",
                "ecdh_kdf_md:sha256",
                "-aes256-wrap");
        assertThat(holder.read(Files.readAllBytes(theirs))).isEqualTo(CONTENT);
    }

    private static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ConfidentialException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** Somebody with a certificate and its key. */
    private record Holder(X509Certificate certificate, SigningKey key) {
        static Holder on(Curve curve) throws Exception {
            KeyPair keys = TestAuthority.newKeys(curve);
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
            TestAuthority authority = TestAuthority.root("root " + System.identityHashCode(keys));
            return new Holder(authority.issue(authority.leaf("holder", "client"), keys), SigningKey.of(info));
        }

        byte[] read(byte[] message) throws ConfidentialException {
            return ConfidentialMessage.decrypt(message, certificate, key);
        }
    }
}
