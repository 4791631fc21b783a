package org.jangbu.msp.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaSignatureTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");

    @ParameterizedTest
    @EnumSource(Curve.class)
    void every_signature_made_has_low_s_and_its_twin_is_refused(Curve curve) throws Exception {
        KeyPair keys = TestAuthority.newKeys(curve);
        SigningKey signer = SigningKey.of(keys.getPrivate());
        VerifyingKey verifier = VerifyingKey.of(keys.getPublic());
        for (int i = 0; i < 50; i++) {
            ByteString signature = signer.sign(MESSAGE);
            assertThat(verifier.verifies(signature, MESSAGE)).isTrue();
            EcdsaSignature low = EcdsaSignature.parse(signature.toByteArray()).orElseThrow();
            assertThat(low.isLow(curve)).isTrue();
            EcdsaSignature twin = new EcdsaSignature(low.r(), curve.order().subtract(low.s()));
            assertThat(verifier.verifies(ByteString.copyFrom(twin.der()), MESSAGE))
                    .isFalse();
            assertThat(twin.low(curve)).isEqualTo(low);
        }
    }

    @Test
    void half_of_the_order_is_low_and_one_more_is_high() {
        BigInteger half = Curve.P256.order().shiftRight(1);
        assertThat(new EcdsaSignature(BigInteger.ONE, half).isLow(Curve.P256)).isTrue();
        assertThat(new EcdsaSignature(BigInteger.ONE, half.add(BigInteger.ONE)).isLow(Curve.P256))
                .isFalse();
    }

    @Test
    void comes_back_from_der() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            EcdsaSignature signature = new EcdsaSignature(number(random), number(random));
            assertThat(EcdsaSignature.parse(signature.der())).contains(signature);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3006020101020101ff",
                "3107020101020101",
                "3006020100020101",
                "3006020101020100",
                "30060201ff020101",
                "300702020001020101",
                "3007020101020200ff00",
                "308106020101020101",
                "3006020101030101",
                "3006020201020101",
                "30060201010201",
                "30080201010201010500",
                "30060200020101"
            })
    void reads_nothing_but_the_shortest_der(String hex) {
        assertThat(EcdsaSignature.parse(HexFormat.of().parseHex(hex))).isEmpty();
    }

    @Test
    void random_bytes_and_every_flipped_bit_of_a_signature_are_no_signature() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        VerifyingKey verifier = VerifyingKey.of(keys.getPublic());
        byte[] good = SigningKey.of(keys.getPrivate()).sign(MESSAGE).toByteArray();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(verifier.verifies(ByteString.copyFrom(bad), MESSAGE)).isFalse();
        }
        assertThat(verifier.verifies(ByteString.copyFrom(Arrays.copyOf(good, good.length + 1)), MESSAGE))
                .isFalse();
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            assertThat(verifier.verifies(ByteString.copyFrom(bytes), MESSAGE)).isFalse();
        }
    }

    @Test
    void a_signature_is_good_for_its_own_key_and_message_only_also_when_remembered() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        VerifyingKey verifier = VerifyingKey.of(keys.getPublic());
        VerifyingKey other = VerifyingKey.of(TestAuthority.newKeys(Curve.P256).getPublic());
        ByteString signature = SigningKey.of(keys.getPrivate()).sign(MESSAGE);
        for (int i = 0; i < 2; i++) {
            assertThat(verifier.verifies(signature, MESSAGE)).isTrue();
            assertThat(verifier.verifies(signature, MESSAGE.substring(0, 3), MESSAGE.substring(3)))
                    .isTrue();
            assertThat(other.verifies(signature, MESSAGE)).isFalse();
            assertThat(verifier.verifies(signature, MESSAGE, MESSAGE)).isFalse();
        }
    }

    private static BigInteger number(Random random) {
        return new BigInteger(1 + random.nextInt(384), random).add(BigInteger.ONE);
    }
}
