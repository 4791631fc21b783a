package org.jangbu.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.jangbu.model.ChannelId;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.junit.jupiter.api.Test;

class ConfigRequestsTest {
    @Test
    void reads_lists_as_text_and_as_bytes() {
        ConfigRequests.NewLists lists = ConfigRequests.lists(utf8("""
                {"mspId":"Org1MSP","lists":["-----BEGIN X509 CRL-----",{"base64":"MAA="}]}"""));
        assertThat(lists.mspId().value()).isEqualTo("Org1MSP");
        assertThat(lists.lists())
                .containsExactly(
                        ByteString.copyFromUtf8("-----BEGIN X509 CRL-----"), ByteString.copyFrom(new byte[] {0x30, 0}));
    }

    @Test
    void refuses_what_is_missing_unknown_or_too_much() {
        refused(ConfigRequests::lists, "{}", ProblemCode.INVALID_BODY);
        assertThat(ConfigRequests.lists(utf8("{\"mspId\":\"Org1MSP\"}")).lists())
                .as("those that the server knows")
                .isEmpty();
        refused(ConfigRequests::lists, "{\"mspId\":\"\",\"lists\":[\"x\"]}", ProblemCode.INVALID_BODY);
        refused(ConfigRequests::lists, "{\"msp\":\"Org1MSP\"}", ProblemCode.INVALID_BODY);
        refused(
                ConfigRequests::signed,
                "{\"update\":\"AA==\",\"signatures\":[{\"base64\":\"AQ==\"}]}",
                ProblemCode.MALFORMED_MESSAGE);
        refused(
                ConfigRequests::signed,
                "{\"update\":\"AA==\",\"signatures\":[" + "\"\",".repeat(256) + "\"\"]}",
                ProblemCode.INVALID_BODY);
        refused(ConfigRequests::toSign, "{\"update\":\"AA==\"}", ProblemCode.INVALID_BODY);
    }

    @Test
    void refuses_an_update_for_another_channel_and_bytes_that_are_none() {
        ChannelId channel = new ChannelId("channel1");
        ByteString other =
                ConfigUpdate.newBuilder().setChannelId("channel2").build().toByteString();
        refused(unused -> ConfigRequests.update(channel, other), "", ProblemCode.CHANNEL_MISMATCH);
        refused(
                unused -> ConfigRequests.update(channel, ByteString.copyFrom(new byte[] {1})),
                "",
                ProblemCode.MALFORMED_MESSAGE);
        refused(unused -> ConfigRequests.tree(ByteString.copyFrom(new byte[] {1})), "", ProblemCode.MALFORMED_MESSAGE);
    }

    @Test
    void reads_two_configurations_and_refuses_one_alone() {
        ConfigRequests.TwoConfigs configs = ConfigRequests.twoConfigs(
                utf8("{\"channel\":\"channel1\",\"original\":\"CAc=\",\"updated\":\"CAc=\"}"));
        assertThat(configs.channel()).isEqualTo(new ChannelId("channel1"));
        assertThat(configs.original().getSequence()).isEqualTo(7);
        refused(unused -> Translations.update(configs), "", ProblemCode.CONFIG_UPDATE_REFUSED);
        refused(
                ConfigRequests::twoConfigs,
                "{\"channel\":\"channel1\",\"original\":\"CAc=\"}",
                ProblemCode.INVALID_BODY);
        refused(
                ConfigRequests::twoConfigs,
                "{\"channel\":\"channel1\",\"original\":\"AA==\",\"updated\":\"CAc=\"}",
                ProblemCode.MALFORMED_MESSAGE);
    }

    @Test
    void translates_messages_of_known_names_and_says_what_is_wrong_with_others() {
        assertThat(Translations.decode(Translations.type("common.BlockHeader"), ByteString.copyFrom(new byte[] {8, 7})))
                .contains("\"number\": \"7\"");
        assertThat(Translations.encode(Translations.type("common.BlockHeader"), utf8("{\"number\": 7}")))
                .isEqualTo(ByteString.copyFrom(new byte[] {8, 7}));
        refused(unused -> Translations.type("common.Blok"), "", ProblemCode.INVALID_PARAMETER);
        refused(
                unused -> Translations.decode(Translations.type("common.Block"), ByteString.copyFromUtf8("no block")),
                "",
                ProblemCode.MALFORMED_MESSAGE);
        refused(
                json -> Translations.encode(Translations.type("common.Block"), json),
                "{\"heading\":{}}",
                ProblemCode.INVALID_BODY);
        refused(
                json -> Translations.encode(Translations.type("common.Block"), new byte[] {(byte) 0xff}),
                "",
                ProblemCode.MALFORMED_JSON);
    }

    private static void refused(Function<byte[], Object> reading, String body, ProblemCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reading.apply(utf8(body)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
