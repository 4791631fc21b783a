package org.jangbu.msp.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;
import org.jangbu.model.Sha256;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every provider of ECDSA must do alike. */
abstract class CryptoProviderContract {
    abstract Optional<CryptoProvider> open();

    private CryptoProvider provider() {
        Optional<CryptoProvider> provider = open();
        org.junit.jupiter.api.Assumptions.assumeTrue(provider.isPresent(), "the provider is not on this machine");
        return provider.orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void signs_and_verifies_across_providers(Curve curve) throws Exception {
        CryptoProvider one = provider();
        KeyPair keys = one.generate(curve);
        byte[] digest = Sha256.digest().digest(new byte[] {1, 2, 3});
        byte[] signature = one.sign(keys.getPrivate(), digest);
        for (CryptoProviders each : CryptoProviders.values()) {
            Optional<CryptoProvider> other = each.open();
            if (other.isPresent()) {
                PublicKey key = other.get().publicKey(keys.getPublic().getEncoded());
                assertThat(other.get().verify(key, digest, signature))
                        .as("%s", other)
                        .isTrue();
                byte[] back = other.get()
                        .sign(other.get().privateKey(keys.getPrivate().getEncoded()), digest);
                assertThat(one.verify(one.publicKey(key.getEncoded()), digest, back))
                        .isTrue();
                digest[0] ^= 1;
                assertThat(other.get().verify(key, digest, signature)).isFalse();
                digest[0] ^= 1;
            }
        }
    }

    @Test
    void knows_the_twin_of_a_signature_as_good_so_that_low_s_is_ours_to_demand() throws Exception {
        CryptoProvider one = provider();
        KeyPair keys = one.generate(Curve.P256);
        byte[] digest = Sha256.digest().digest();
        EcdsaSignature signature =
                EcdsaSignature.parse(one.sign(keys.getPrivate(), digest)).orElseThrow();
        EcdsaSignature twin =
                new EcdsaSignature(signature.r(), Curve.P256.order().subtract(signature.s()));
        assertThat(one.verify(keys.getPublic(), digest, twin.der())).isTrue();
    }

    @Test
    void refuses_impossible_numbers_without_breaking() throws Exception {
        CryptoProvider one = provider();
        PublicKey key = one.generate(Curve.P256).getPublic();
        byte[] digest = Sha256.digest().digest();
        BigInteger order = Curve.P256.order();
        for (BigInteger number : new BigInteger[] {BigInteger.ONE, order.subtract(BigInteger.ONE), order}) {
            try {
                assertThat(one.verify(key, digest, new EcdsaSignature(number, BigInteger.ONE).der()))
                        .isFalse();
            } catch (java.security.SignatureException e) {
                // The other way to say so; the caller treats both alike.
                assertThat(number).isEqualTo(order);
            }
        }
    }

    @Test
    void verifies_certificates() throws Exception {
        CryptoProvider one = provider();
        var authority = CertificateReader.first(java.nio.file.Files.readAllBytes(
                FabricNetwork.organization(FabricNetwork.ORG1).resolve("ca/ca.org1.example.com-cert.pem")));
        var peer = FabricNetwork.peer(FabricNetwork.ORG1).signingIdentity().certificate();
        one.verify(peer, authority.getPublicKey());
        assertThatThrownBy(() -> one.verify(peer, peer.getPublicKey())).isInstanceOf(GeneralSecurityException.class);
    }
}
