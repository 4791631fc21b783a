package org.jangbu.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.jangbu.model.ParsedEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real messages of a Fabric network go to JSON and come back; what its own configtxlator printed is what we print. */
class ProtolatorTest {
    private final Protolator protolator = new Protolator(JsonLimits.USUAL);

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10})
    void a_block_of_transactions_comes_back_as_the_same_bytes(int number) throws Exception {
        ByteString block = resource("/fabric/" + number + ".block");

        String json = protolator.decode(Block.getDescriptor(), block);

        assertThat(protolator.encode(Block.getDescriptor(), json)).isEqualTo(block);
    }

    /** Whoever made these wrote the entries of maps in no order; ours are sorted, so the bytes differ and the message does not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_block_of_a_configuration_comes_back_with_the_same_configuration(int number) throws Exception {
        ByteString block = resource("/fabric/" + number + ".block");

        String json = protolator.decode(Block.getDescriptor(), block);

        ByteString back = protolator.encode(Block.getDescriptor(), json);
        assertThat(protolator.decode(Block.getDescriptor(), back)).isEqualTo(json);
        assertThat(config(back)).isEqualTo(config(block));
    }

    private static ConfigEnvelope config(ByteString block) throws Exception {
        ParsedEnvelope envelope =
                ParsedEnvelope.parse(Block.parseFrom(block).getData().getData(0));
        return ConfigEnvelope.parseFrom(envelope.payload().getData()).toBuilder()
                .clearLastUpdate()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "config.pb, common.Config",
        "mod.pb, common.Config",
        "update.pb, common.ConfigUpdate",
        "env.pb, common.Envelope"
    })
    void a_configuration_comes_back_as_the_same_message(String file, String type) throws Exception {
        ByteString message = resource("/fabric/config/" + file);
        Descriptor descriptor = MessageTypes.named(type).orElseThrow();

        ByteString back = protolator.encode(descriptor, protolator.decode(descriptor, message));

        assertThat(com.google.protobuf.DynamicMessage.parseFrom(descriptor, back))
                .isEqualTo(com.google.protobuf.DynamicMessage.parseFrom(descriptor, message));
    }

    @Test
    void prints_an_update_as_configtxlator_did() throws Exception {
        String printed = protolator.decode(ConfigUpdate.getDescriptor(), resource("/fabric/config/update.pb"));

        assertThat(printed).isEqualTo(resource("/fabric/config/update.json").toStringUtf8());
    }

    @Test
    void expands_an_endorsed_transaction_down_to_its_writes() throws Exception {
        String json = protolator.decode(Block.getDescriptor(), resource("/fabric/5.block"));

        assertThat(json)
                .contains("\"type\": 3", "\"creator\": {", "\"proposal_response_payload\": {", "\"writes\": [")
                .contains("\"mspid\": \"Org1MSP\"")
                .doesNotContain("\"proposal_response_payload\": \"", "\"channel_header\": \"", "\"results\": \"");
    }

    @Test
    void expands_a_configuration_by_the_place_of_its_values() throws Exception {
        String json = protolator.decode(Config.getDescriptor(), resource("/fabric/config/config.pb"));

        assertThat(json)
                .contains("\"timeout\": \"2s\"", "\"absolute_max_bytes\": ", "\"V2_0\": {}")
                .contains("\"principal_classification\": \"ROLE\"", "\"role\": \"ADMIN\"", "\"rule\": \"MAJORITY\"")
                .contains("\"crypto_config\": {", "\"consenters\": [")
                .contains("\"sequence\": \"0\"");
    }

    @Test
    void a_value_that_nobody_knows_stays_base64_and_comes_back() throws Exception {
        ByteString config = Config.newBuilder()
                .setChannelGroup(ConfigGroup.newBuilder()
                        .putValues(
                                "Private",
                                ConfigValue.newBuilder()
                                        .setValue(ByteString.copyFromUtf8("what nobody knows"))
                                        .build()))
                .build()
                .toByteString();

        String json = protolator.decode(Config.getDescriptor(), config);

        assertThat(json).contains("\"value\": \"d2hhdCBub2JvZHkga25vd3M=\"");
        assertThat(protolator.encode(Config.getDescriptor(), json)).isEqualTo(config);
    }

    @Test
    void metadata_of_our_own_consensus_are_read_and_those_of_another_are_not_lost() throws Exception {
        ByteString ours = ConsensusType.newBuilder()
                .setType("jms")
                .setMetadata(Struct.newBuilder()
                        .putFields(
                                "order",
                                Value.newBuilder().setStringValue("ARRIVAL").build())
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        String readable = protolator.decode(ConsensusType.getDescriptor(), ours);
        assertThat(readable).contains("\"string_value\": \"ARRIVAL\"");
        assertThat(protolator.encode(ConsensusType.getDescriptor(), readable)).isEqualTo(ours);

        ByteString type = ConsensusType.newBuilder()
                .setType("other")
                .setMetadata(ByteString.copyFromUtf8("order=ARRIVAL\n"))
                .build()
                .toByteString();

        String json = protolator.decode(ConsensusType.getDescriptor(), type);

        assertThat(protolator.encode(ConsensusType.getDescriptor(), json)).isEqualTo(type);
    }

    @Test
    void a_damaged_envelope_in_a_block_stays_base64_beside_the_others() throws Exception {
        ByteString damaged = Envelope.newBuilder()
                .setPayload(ByteString.copyFrom(new byte[] {10, 127, 1}))
                .build()
                .toByteString();
        ByteString block = Block.newBuilder()
                .setData(BlockData.newBuilder().addData(damaged).addData(ByteString.EMPTY))
                .build()
                .toByteString();

        String json = protolator.decode(Block.getDescriptor(), block);

        assertThat(json).contains("\"payload\": \"Cn8B\"", "\"payload\": null");
        assertThat(protolator.encode(Block.getDescriptor(), json)).isEqualTo(block);
    }

    @Test
    void fields_that_a_type_lacks_are_refused_rather_than_dropped() {
        ByteString foreign = Config.newBuilder()
                .setChannelGroup(ConfigGroup.newBuilder()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        99,
                                        UnknownFieldSet.Field.newBuilder()
                                                .addVarint(1)
                                                .build())
                                .build()))
                .build()
                .toByteString();

        assertThatExceptionOfType(TranslationException.class)
                .isThrownBy(() -> protolator.decode(Config.getDescriptor(), foreign))
                .withMessageContaining("at common.Config.channel_group");
    }

    @Test
    @SuppressWarnings("deprecation") // a type of channels made long ago, which is still read
    void envelopes_within_envelopes_end_at_the_limit_and_come_back() throws Exception {
        ByteString header = ChannelHeader.newBuilder()
                .setType(HeaderType.ORDERER_TRANSACTION_VALUE)
                .build()
                .toByteString();
        ByteString nested = ByteString.EMPTY;
        for (int i = 0; i < 2_000; i++) {
            nested = Envelope.newBuilder()
                    .setPayload(Payload.newBuilder()
                            .setHeader(Header.newBuilder().setChannelHeader(header))
                            .setData(nested)
                            .build()
                            .toByteString())
                    .build()
                    .toByteString();
        }

        String json = protolator.decode(Envelope.getDescriptor(), nested);

        assertThat(protolator.encode(Envelope.getDescriptor(), json)).isEqualTo(nested);
    }

    @Test
    void a_text_beyond_the_limit_is_refused() {
        Protolator small = new Protolator(new JsonLimits(100, 1000, 10_000));

        assertThatExceptionOfType(TooLargeException.class)
                .isThrownBy(() -> small.decode(Block.getDescriptor(), resource("/fabric/0.block")));
    }

    @Test
    void random_bytes_are_refused_or_come_back() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        byte[] block = resource("/fabric/5.block").toByteArray();
        for (int i = 0; i < 300; i++) {
            byte[] mutated = block.clone();
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            String json;
            try {
                json = protolator.decode(Block.getDescriptor(), ByteString.copyFrom(mutated));
            } catch (TranslationException e) {
                assertThat(e.getMessage()).contains("common.Block");
                continue;
            }
            ByteString back = protolator.encode(Block.getDescriptor(), json);
            assertThat(protolator.decode(Block.getDescriptor(), back)).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"header\": {\"numbr\": 1}}                        | common.BlockHeader has no numbr, at common.Block.header",
                "{\"header\": {\"number\": -1}}                      | from 0 to 18446744073709551615, at common.Block.header.number",
                "{\"header\": {\"number\": 1.5}}                     | whole number is expected, at common.Block.header.number",
                "{\"header\": {\"number\": 1e999999999}}             | whole number is expected",
                "{\"header\": {\"data_hash\": \"***\"}}              | no Base64, at common.Block.header.data_hash",
                "{\"header\": {\"data_hash\": {}}}                   | Base64 is expected: nothing tells which message this is",
                "{\"header\": []}                                    | an object is expected, at common.Block.header",
                "{\"data\": {\"data\": {}}}                          | an array is expected, at common.Block.data.data",
                "{\"data\": {\"data\": [7]}}                         | an object is expected, at common.Block.data.data[0]",
                "{\"data\": {\"data\": [{\"payload\": {\"header\": 1}}]}} | at common.Block.data.data[0].payload.header",
                "{\"header\": {\"number\": 1, \"number\": 2}}        | occurs twice",
                "{\"header\": {\"data_hash\": \"\", \"dataHash\": \"\"}} | occurs twice",
                "{\"header\": null,}                                 | line 1, column",
                "[]                                                  | an object is expected, at common.Block",
                "                                                    | no value"
            })
    void json_that_is_no_block_is_refused_with_its_place(String json, String reason) {
        assertThatExceptionOfType(TranslationException.class)
                .isThrownBy(() -> protolator.encode(Block.getDescriptor(), json == null ? "" : json))
                .withMessageContaining(reason);
    }

    private static ByteString resource(String name) {
        try (InputStream in = ProtolatorTest.class.getResourceAsStream(name)) {
            return ByteString.readFrom(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void text_is_written_as_by_go() throws Exception {
        ByteString header = ChannelHeader.newBuilder()
                .setChannelId("<&>\"\\\u2028\u0001é😀\t")
                .build()
                .toByteString();

        String json = protolator.decode(ChannelHeader.getDescriptor(), header);

        assertThat(json).contains("\"channel_id\": \"\\u003c\\u0026\\u003e\\\"\\\\\\u2028\\u0001é😀\\t\"");
        assertThat(protolator.encode(
                        ChannelHeader.getDescriptor(),
                        new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)))
                .isEqualTo(header);
    }
}
