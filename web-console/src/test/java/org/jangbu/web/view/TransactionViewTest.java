package org.jangbu.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.nio.charset.CharacterCodingException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.junit.jupiter.api.Test;

class TransactionViewTest {
    @Test
    void names_the_hashes_that_a_real_network_recorded() {
        assertThat(BlockView.of(Vectors.block(0)).hash())
                .isEqualTo("d80c42d94eeb584ecb7aba0ddffb955fc148bc8f982b59f8437baf2bcc62535a");
        assertThat(BlockView.of(Vectors.block(1)).commitHash())
                .contains("47dc540c94ceb704a23875c11273e16bb0b8a87aed84de911f2133568115f254");
        assertThat(BlockView.of(Vectors.block(10)).previousHash())
                .isEqualTo(BlockView.of(Vectors.block(9)).hash());
    }

    @Test
    void names_the_verdict_of_each_transaction() {
        assertThat(BlockView.of(Vectors.block(9)).transactions())
                .extracting(TransactionView::validationCode)
                .containsExactly("VALID", "MVCC_READ_CONFLICT", "MVCC_READ_CONFLICT");
    }

    @Test
    void says_who_asked_what_and_who_endorsed() {
        TransactionView transfer = BlockView.of(Vectors.block(8)).transactions().get(0);
        assertThat(transfer.proposal().orElseThrow().function().orElseThrow().text())
                .contains("TransferAsset");
        assertThat(transfer.creator().orElseThrow().mspId()).isEqualTo("Org1MSP");
        assertThat(transfer.creator().orElseThrow().shortName()).isEqualTo("User1@org1.example.com");
        assertThat(transfer.endorsers())
                .extracting(IdentityView::shortName)
                .containsExactlyInAnyOrder("peer0.org1.example.com", "peer0.org2.example.com");
    }

    @Test
    void shows_every_position_of_a_block_of_garbage() {
        Block block = Block.newBuilder()
                .setData(BlockData.newBuilder()
                        .addData(ByteString.EMPTY)
                        .addData(ByteString.copyFromUtf8("no protobuf"))
                        .addData(headerOnly(3))
                        .addData(headerOnly(77)))
                .build();
        assertThat(BlockView.of(block).transactions())
                .extracting(TransactionView::type, TransactionView::validationCode)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("UNKNOWN", "NOT_VALIDATED"),
                        org.assertj.core.groups.Tuple.tuple("UNKNOWN", "NOT_VALIDATED"),
                        org.assertj.core.groups.Tuple.tuple("ENDORSER_TRANSACTION", "NOT_VALIDATED"),
                        org.assertj.core.groups.Tuple.tuple("UNKNOWN", "NOT_VALIDATED"));
    }

    @Test
    void leaves_out_a_time_that_cannot_be_named() {
        Block block = Block.newBuilder()
                .setData(BlockData.newBuilder().addData(headerOnly(1)))
                .build();
        assertThat(BlockView.of(block).transactions().get(0).timestamp()).isEmpty();
    }

    @Test
    void takes_bytes_for_text_only_where_they_are_printable() throws CharacterCodingException {
        assertThat(Content.ofText("김철수 → 1,000원\n").text()).contains("김철수 → 1,000원\n");
        assertThat(Content.ofText("a\u0000b").isText()).isFalse();
        assertThat(Content.ofText("a\u202Eb").isText()).isFalse();
        assertThat(new Content(ByteString.copyFrom(new byte[] {(byte) 0xC3, 0x28})).isText())
                .isFalse();
        assertThat(new Content(ByteString.copyFrom(new byte[] {0, 1})).shown()).isEqualTo("AAE=");
    }

    @Test
    void names_a_code_of_another_release_by_its_number() {
        assertThat(ValidationCodes.name(11)).isEqualTo("MVCC_READ_CONFLICT");
        assertThat(ValidationCodes.name(99)).isEqualTo("UNKNOWN_99");
    }

    private static ByteString headerOnly(int type) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type)
                .setTimestamp(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .build()
                        .toByteString())
                .build()
                .toByteString();
    }
}
