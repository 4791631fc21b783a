package org.jangbu.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.web.json.JsonRecords;
import org.junit.jupiter.api.Test;

class ConfigTreeViewTest {
    @Test
    void takes_the_values_and_policies_of_a_real_configuration_apart() throws Exception {
        JsonObject root = json(ConfigTreeView.of(tree(0)));

        JsonObject orderer = root.getJsonObject("groups").getJsonObject("Orderer");
        assertThat(orderer.getJsonObject("values")
                        .getJsonObject("BatchSize")
                        .getJsonObject("content")
                        .getInt("max_message_count"))
                .isPositive();
        assertThat(orderer.getJsonObject("policies")
                        .getJsonObject("Admins")
                        .getJsonObject("content")
                        .getString("type"))
                .isEqualTo("IMPLICIT_META");
        JsonObject msp = root.getJsonObject("groups")
                .getJsonObject("Application")
                .getJsonObject("groups")
                .getJsonObject("Org1MSP")
                .getJsonObject("values")
                .getJsonObject("MSP");
        assertThat(msp.getString("modPolicy")).isEqualTo("Admins");
        assertThat(msp.getJsonObject("content").getJsonObject("config").getString("name"))
                .isEqualTo("Org1MSP");
        assertThat(msp.getJsonObject("content")
                        .getJsonObject("config")
                        .getJsonArray("root_certs")
                        .getString(0))
                .startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void what_cannot_be_taken_apart_stays_bytes() throws Exception {
        ConfigGroup.Builder root = tree(0).toBuilder();
        root.putValues(
                "Capabilities",
                root.getValuesOrThrow("Capabilities").toBuilder()
                        .setValue(com.google.protobuf.ByteString.copyFrom(new byte[] {(byte) 0xff}))
                        .build());
        assertThat(json(ConfigTreeView.of(root.build()))
                        .getJsonObject("values")
                        .getJsonObject("Capabilities")
                        .getJsonObject("content")
                        .getString("base64"))
                .isEqualTo("/w==");
    }

    private static ConfigGroup tree(int block) throws Exception {
        ParsedEnvelope envelope =
                ParsedEnvelope.parse(Vectors.block(block).getData().getData(0));
        return ConfigEnvelope.parseFrom(envelope.payload().getData())
                .getConfig()
                .getChannelGroup();
    }

    private static JsonObject json(ConfigTreeView view) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = Json.createGenerator(out)) {
            new JsonRecords(generator).write(view);
        }
        return Json.createReader(new StringReader(out.toString())).readObject();
    }
}
