package org.jangbu.model.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.BlockHash;
import org.jangbu.model.BlockMetadataSlots;
import org.jangbu.model.TransactionsFilter;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
    private final AtomicInteger verified = new AtomicInteger();

    @Test
    void finds_nothing_wrong_with_the_chain_of_a_real_fabric_network() {
        assertThat(verify(chain())).isEmpty();
        // 10 blocks signed, 14 envelopes signed, and two endorsements for most of the 10 valid transactions.
        assertThat(verified).hasValueGreaterThan(35);
    }

    @Test
    void computes_the_block_hashes_that_fabric_recorded() {
        List<Block> chain = chain();
        assertThat(BlockHash.hex(BlockHash.of(chain.get(0).getHeader())))
                .isEqualTo("d80c42d94eeb584ecb7aba0ddffb955fc148bc8f982b59f8437baf2bcc62535a");
        assertThat(HexFormat.of()
                        .formatHex(BlockHash.der(chain.get(0).getHeader()).toByteArray()))
                .isEqualTo("30270201000400042056d6577a6afade801a2d217950556462309dd0afb857934c06c7cafceebd44f5");
        assertThat(BlockHash.hex(BlockHash.of(chain.get(10).getHeader())))
                .isEqualTo("702b16783865c5abf0cb6a3c84f2abbc9664a41ab41d782b2d6653ed1fbefff8");
    }

    @Test
    void finds_a_changed_header() {
        List<Block> chain = chain();
        Block block = chain.get(4);
        chain.set(
                4,
                block.toBuilder()
                        .setHeader(block.getHeader().toBuilder().setNumber(40))
                        .build());
        assertThat(verify(chain))
                .contains("block 4: the header says 40", "block 5: does not name the hash of the block before");
        assertThat(verify(chain)).contains("block 4: an orderer's signature is wrong");
    }

    @Test
    void finds_a_changed_envelope() {
        List<Block> chain = chain();
        Block block = chain.get(7);
        byte[] envelope = block.getData().getData(0).toByteArray();
        envelope[envelope.length / 2] ^= 1;
        chain.set(
                7,
                block.toBuilder()
                        .setData(block.getData().toBuilder().setData(0, ByteString.copyFrom(envelope)))
                        .build());
        assertThat(verify(chain))
                .contains("block 7: the data hash is not that of the envelopes")
                .hasSizeGreaterThan(1);
    }

    @Test
    void finds_a_changed_verdict() {
        List<Block> chain = chain();
        chain.set(9, new TransactionsFilter(ByteString.fromHex("00000b")).in(chain.get(9)));
        assertThat(verify(chain))
                .contains(
                        "block 9 tx 1: is valid and read what was not current",
                        "block 9: the commit hash does not follow from verdicts and values");
    }

    @Test
    void finds_a_missing_signature_and_a_missing_filter() {
        List<Block> chain = chain();
        chain.set(3, BlockMetadataSlots.with(chain.get(3), BlockMetadataIndex.SIGNATURES, ByteString.EMPTY));
        chain.set(5, new TransactionsFilter(ByteString.EMPTY).in(chain.get(5)));
        chain.set(6, new TransactionsFilter(ByteString.fromHex("63")).in(chain.get(6)));
        assertThat(verify(chain))
                .contains(
                        "block 3: no orderer has signed it",
                        "block 5: the filter judges 0 transactions of 1",
                        "block 6: no validation code has the number 99");
    }

    @Test
    void finds_a_block_that_is_left_out() {
        List<Block> chain = chain();
        chain.remove(8);
        assertThat(verify(chain))
                .contains("block 8: the header says 9", "block 8: does not name the hash of the block before");
    }

    private List<String> verify(List<Block> chain) {
        ChainVerifier verifier = new ChainVerifier(this::verify);
        List<String> findings = new ArrayList<>();
        chain.forEach(block -> verifier.next(block).forEach(finding -> findings.add(finding.toString())));
        return findings;
    }

    /** ECDSA with SHA-256 and low S, by the JDK alone. */
    private boolean verify(ByteString identity, ByteString signature, ByteString message) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            SerializedIdentity.parseFrom(identity).getIdBytes().toByteArray()));
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(certificate.getPublicKey());
            check.update(message.toByteArray());
            verified.incrementAndGet();
            return check.verify(signature.toByteArray())
                    && isLow(signature.toByteArray(), (ECPublicKey) certificate.getPublicKey());
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    /** The second INTEGER of the DER sequence is at most half the order of the curve. */
    private static boolean isLow(byte[] der, ECPublicKey key) {
        int second = 4 + der[3];
        byte[] s = java.util.Arrays.copyOfRange(der, second + 2, second + 2 + der[second + 1]);
        return new BigInteger(s).compareTo(key.getParams().getOrder().shiftRight(1)) <= 0;
    }

    private static List<Block> chain() {
        List<Block> chain = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            try (InputStream in = ChainVerifierTest.class.getResourceAsStream("/fabric/" + i + ".block")) {
                chain.add(Block.parseFrom(Objects.requireNonNull(in)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return chain;
    }
}
