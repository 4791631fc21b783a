package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsensusMetadataTest {
    @Test
    void settings_come_back() {
        Map<String, String> settings = Map.of("order", "ARRIVAL", "a", "b");
        assertThat(ConsensusMetadata.read(ConsensusMetadata.write(settings))).isEqualTo(settings);
        assertThat(ConsensusMetadata.read(ByteString.EMPTY)).isEmpty();
    }

    /** So fabric-config's protolator reads the metadata of a consensus that it does not know. */
    @Test
    void fabrics_tools_read_it_as_an_empty_message() throws Exception {
        ByteString metadata = ConsensusMetadata.write(Map.of("order", "TIMESTAMP"));
        assertThat(Empty.parseFrom(metadata).toByteString()).isEqualTo(metadata);
    }

    @Test
    void refuses_what_is_no_message_or_no_text() {
        assertThatThrownBy(() -> ConsensusMetadata.read(ByteString.copyFromUtf8("order=TIMESTAMP\n")))
                .isInstanceOf(IllegalArgumentException.class);
        ByteString number = Struct.newBuilder()
                .putFields("order", Value.newBuilder().setNumberValue(1).build())
                .build()
                .toByteString();
        assertThatThrownBy(() -> ConsensusMetadata.read(number)).hasMessageContaining("order");
    }
}
