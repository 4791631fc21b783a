package org.jangbu.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.model.MspId;
import org.jangbu.ordering.participation.ChannelParticipation.Founding;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.junit.jupiter.api.Test;

class ProfileRequestTest {
    private static final MSPConfig ORDERER = msp("OrdererMSP");
    private static final String ORG1 =
            Base64.getEncoder().encodeToString(msp("Org1MSP").toByteArray());
    private static final Founding FOUNDING =
            new Founding(new MspId("OrdererMSP"), ORDERER, "orderer.example.com:7050", Optional.empty());

    @Test
    void takes_from_the_orderer_what_is_left_out() {
        ChannelProfile profile = read("""
                {"channel":"channel2","organizations":[{"mspId":"Org1MSP","msp":"%s"}]}""".formatted(ORG1));

        assertThat(profile.channel().value()).isEqualTo("channel2");
        assertThat(profile.consortium()).isEmpty();
        assertThat(profile.batch()).isEqualTo(ChannelProfile.Batch.DEFAULT);
        assertThat(profile.consensus()).isEqualTo(ChannelProfile.Consensus.JMS);
        assertThat(profile.ordererOrganizations())
                .containsExactly(new ChannelProfile.Organization(
                        "OrdererMSP",
                        new MspId("OrdererMSP"),
                        ORDERER,
                        java.util.List.of(new ChannelProfile.Address("orderer.example.com", 7050))));
        assertThat(profile.applicationOrganizations().get(0).msp()).isEqualTo(msp("Org1MSP"));
    }

    @Test
    void reads_everything_that_a_profile_may_say() {
        ChannelProfile profile = read("""
                {"order":"ARRIVAL","channel":"channel2","consortium":"Trial",
                 "ordererOrganizations":[{"mspId":"OrdererMSP","addresses":["a.example.com:7050","b.example.com:7051"]}],
                 "organizations":[{"msp":"%s","anchorPeers":["p.example.com:1"],"mspId":"Org1MSP","roles":{"leading":[]}},
                                  {"mspId":"Org1MSP","msp":"%s"}],
                 "batch":{"timeout":"1m30s","maxMessageCount":7,"preferredMaxBytes":8,"absoluteMaxBytes":9}}""".formatted(ORG1, ORG1));

        assertThat(profile.consortium()).contains("Trial");
        assertThat(profile.batch()).isEqualTo(new ChannelProfile.Batch(7, 9, 8, Duration.ofSeconds(90)));
        assertThat(profile.consensus().metadata()).containsEntry("order", "ARRIVAL");
        assertThat(profile.ordererOrganizations().get(0).addresses()).hasSize(2);
        assertThat(profile.applicationOrganizations()).hasSize(2);
        assertThat(profile.applicationOrganizations().get(0).addresses())
                .containsExactly(new ChannelProfile.Address("p.example.com", 1));
        assertThat(profile.applicationOrganizations().get(0).roles().leading()).contains(java.util.Set.of());
        assertThat(profile.applicationOrganizations().get(0).roles().endorsing())
                .isEmpty();
    }

    @Test
    void refuses_by_name_what_it_cannot_use() {
        String organizations = "\"organizations\":[{\"mspId\":\"Org1MSP\",\"msp\":\"" + ORG1 + "\"}]";
        refused("{" + organizations + "}", "channel");
        refused("{\"channel\":\"channel2\"}", "organizations");
        refused("{\"channel\":\"Channel 2\"," + organizations + "}", "channel");
        refused("{\"channel\":\"c\",\"organizations\":[{\"mspId\":\"Org9MSP\"}]}", "organizations[0].msp");
        refused("{\"channel\":\"c\",\"organizations\":[{\"msp\":\"" + ORG1 + "\"}]}", "organizations[0].mspId");
        refused("{\"channel\":\"c\",\"organizations\":[\"Org1MSP\"]}", "organizations[0]");
        refused(
                "{\"channel\":\"c\",\"organizations\":[{\"mspId\":\"Org1MSP\",\"addresses\":[]}]}",
                "organizations[0].addresses");
        refused(
                "{\"channel\":\"c\",\"organizations\":[{\"mspId\":\"Org1MSP\",\"msp\":\"AA==\"}]}",
                "organizations[0].msp");
        refused(
                "{\"channel\":\"c\",\"organizations\":[{\"anchorPeers\":[\"nowhere\"]}]}",
                "organizations[0].anchorPeers[0]");
        refused(
                "{\"channel\":\"c\",\"organizations\":[{\"roles\":{\"endorsing\":[7]}}]}",
                "organizations[0].roles.endorsing[0]");
        refused("{\"channel\":\"c\",\"batch\":{\"maxMessageCount\":0}}", "batch.maxMessageCount");
        refused("{\"channel\":\"c\",\"batch\":{\"maxMessageCount\":1.5}}", "batch.maxMessageCount");
        refused("{\"channel\":\"c\",\"batch\":{\"maxMessageCount\":99999999999999999999}}", "batch.maxMessageCount");
        refused("{\"channel\":\"c\",\"batch\":{\"timeout\":\"soon\"}}", "batch.timeout");
        refused("{\"channel\":\"c\",\"batch\":{\"timeout\":\"0s\"}}", "batch.timeout");
        refused("{\"channel\":\"c\",\"order\":\"RANDOM\"}", "order");
        refused("{\"channel\":\"c\",\"colour\":\"red\"}", "colour");
    }

    private static ChannelProfile read(String body) {
        return ProfileRequest.read(body.getBytes(StandardCharsets.UTF_8), FOUNDING);
    }

    private static void refused(String body, String member) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(body))
                .satisfies(refusal -> {
                    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.INVALID_BODY);
                    assertThat(refusal.problem().members().get("member")).isEqualTo(member);
                });
    }

    private static MSPConfig msp(String name) {
        return MSPConfig.newBuilder()
                .setConfig(FabricMSPConfig.newBuilder()
                        .setName(name)
                        .addRootCerts(ByteString.copyFromUtf8("a certificate"))
                        .build()
                        .toByteString())
                .build();
    }
}
