package org.jangbu.msp.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.jangbu.msp.testing.FabricNetwork;
import org.junit.jupiter.api.Test;

class SignedContentTest {
    private static final String TX = "0123456789abcdef".repeat(4);

    @Test
    void tells_channel_and_transaction_of_a_proposal_and_of_an_envelope() throws Exception {
        Proposal proposal = Proposal.newBuilder()
                .setHeader(header("channel1", TX).toByteString())
                .setPayload(ByteString.copyFromUtf8("anything"))
                .build();
        assertThat(SignedContent.of(proposal.toByteString()))
                .isEqualTo(new SignedContent("endorser_transaction", "channel1", TX));
        Envelope envelope = Envelope.parseFrom(FabricNetwork.block(8).getData().getData(0));
        SignedContent real = SignedContent.of(envelope.getPayload());
        assertThat(real.what()).isEqualTo("endorser_transaction");
        assertThat(real.transaction()).hasSize(64);
        ByteString payload = envelope.getPayload();
        assertThat(SignedContent.of(payload.substring(0, 9), payload.substring(9)))
                .isEqualTo(real);
    }

    @Test
    void repeats_no_text_that_may_not_be_a_name() {
        ByteString evil = Payload.newBuilder()
                .setHeader(header("a\nforged log line", "x\u001b[31m"))
                .build()
                .toByteString();
        assertThat(SignedContent.of(evil)).isEqualTo(new SignedContent("endorser_transaction", "-", "-"));
    }

    @Test
    void other_bytes_are_told_as_such() {
        for (String text : new String[] {"", "text", "\u0001\u0002"}) {
            assertThat(SignedContent.of(ByteString.copyFromUtf8(text)).transaction())
                    .isEqualTo("-");
        }
        assertThat(SignedContent.of(ByteString.copyFrom(new byte[] {(byte) 0xff}))
                        .channel())
                .isEqualTo("-");
    }

    private static Header header(String channel, String transaction) {
        return Header.newBuilder()
                .setChannelHeader(ChannelHeader.newBuilder()
                        .setType(3)
                        .setChannelId(channel)
                        .setTxId(transaction)
                        .build()
                        .toByteString())
                .build();
    }
}
