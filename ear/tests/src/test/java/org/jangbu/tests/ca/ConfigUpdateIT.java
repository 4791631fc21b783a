package org.jangbu.tests.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import jakarta.json.Json;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.network.UpdateCalls;
import org.junit.jupiter.api.Test;

/** Configuration updates from their preparation to the block from which they count, above all the one that carries a revocation. */
class ConfigUpdateIT extends NetworkTest {
    private static final String CONFIG = Rest.channel() + "/config";

    private final Rest admin = Rest.as(QuickStartUsers.administratorOfOrg1());
    private final UpdateCalls updates = new UpdateCalls(admin);

    @Test
    void a_revocation_counts_for_every_peer_from_the_block_that_carries_its_list() throws Exception {
        CaCaller authority =
                CaCaller.enroll("admin", QuickStartUsers.administratorOfOrg1().password());
        String id = Fresh.name("leaver");
        assertThat(authority
                        .call(
                                "POST",
                                "/api/v1/register",
                                "{\"id\":\"" + id
                                        + "\",\"type\":\"client\",\"affiliation\":\"org1.department1\",\"secret\":\"pw\"}")
                        .outcome())
                .isEqualTo("201");
        SigningIdentity enrolled = CaCaller.enroll(id, "pw").identity();
        X509Certificate certificate = enrolled.certificate();
        OwnKeys leaver = new OwnKeys(enrolled);
        Envelope before = leaver.transaction("keyvalue", "put", Fresh.name("before"), "1");
        Envelope after = leaver.transaction("keyvalue", "put", Fresh.name("after"), "1");

        CaCaller.Answer revoked = authority.call("POST", "/api/v1/revoke", "{\"id\":\"" + id + "\",\"gencrl\":true}");
        String list = new String(
                Base64.getDecoder()
                        .decode(revoked.json().getJsonObject("result").getString("CRL")),
                java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(network.order(before))
                .as("the list is not in the channel yet")
                .containsExactly(TxValidationCode.VALID);

        long sequence = network.configSequence();
        Rest.Answer prepared = admin.post(
                CONFIG + "/updates/revocations",
                Json.createObjectBuilder()
                        .add("mspId", "Org1MSP")
                        .add("lists", Json.createArrayBuilder().add(list))
                        .build());
        assertThat(prepared.status()).as(prepared.body()).isEqualTo(200);
        assertThat(prepared.json().getJsonArray("signatures").getJsonObject(0).getString("needs"))
                .isEqualTo("a signature by Org1MSP.admin");
        String update = prepared.json().getString("update");

        Rest.Answer byTheServer = admin.post(
                CONFIG + "/updates/revocations",
                Json.createObjectBuilder().add("mspId", "Org1MSP").build());
        assertThat(byTheServer.status()).as(byTheServer.body()).isEqualTo(200);
        assertThat(organizationsLists(ConfigUpdate.parseFrom(
                                Base64.getDecoder().decode(byTheServer.json().getString("update")))
                        .getWriteSet()))
                .as("what the authority has published")
                .anyMatch(published -> published.isRevoked(certificate));

        Rest.Answer unsigned = updates.submit(update, List.of());
        assertThat(unsigned.outcome()).isEqualTo("409 config-update-refused");
        assertThat(unsigned.body()).contains("missing a signature by Org1MSP.admin");
        Rest.Answer accepted = updates.submit(update, List.of(updates.byOrg1(update)));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        assertThat(accepted.json().getJsonNumber("sequence").longValue()).isEqualTo(sequence + 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> network.configSequence() == sequence + 1);

        long number = network.height() - 1;
        requireConfigurationBlock(network.block(number), list);
        assertThat(network.order(after))
                .as("from now on every peer refuses it")
                .containsExactly(TxValidationCode.BAD_CREATOR_SIGNATURE);
        assertThat(TransactionsFilter.of(network.block(number - 1)).codes())
                .as("what was before stays valid")
                .containsExactly(TxValidationCode.VALID);
        assertThat(lastConfig(network.newestBlock())).isEqualTo(number);
        network.assertWorks();
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void of_two_updates_of_one_sequence_the_second_is_refused_with_the_reason_and_ordering_goes_on() throws Exception {
        String first = updates.compute(anchors(7051));
        String second = updates.compute(anchors(7052));
        long sequence = network.configSequence();
        assertThat(updates.submit(first, List.of(updates.signedByServer(first))).status())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> network.configSequence() == sequence + 1);

        Rest.Answer stale = updates.submit(second, List.of(updates.byOrg1(second)));
        assertThat(stale.outcome()).isEqualTo("409 config-update-refused");
        assertThat(stale.body()).contains("/Channel/Application/Org1MSP").contains("version");
        assertThat(network.configSequence()).isEqualTo(sequence + 1);
        network.assertWorks();
        Ledgers.assertSoundAndEqual();
    }

    private static void requireConfigurationBlock(Block block, String list) throws Exception {
        assertThat(block.getData().getDataCount()).isEqualTo(1);
        assertThat(TransactionsFilter.of(block).codes()).containsExactly(TxValidationCode.VALID);
        Payload payload =
                Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
        ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        assertThat(header.getType()).isEqualTo(HeaderType.CONFIG_VALUE);
        assertThat(header.getTxId()).isEmpty();
        assertThat(lists(ConfigEnvelope.parseFrom(payload.getData()).getConfig().getChannelGroup()).stream()
                        .map(ByteString::toStringUtf8)
                        .map(String::strip))
                .contains(list.strip());
        assertThat(lastConfig(block)).isEqualTo(block.getHeader().getNumber());
    }

    private static List<ByteString> lists(ConfigGroup root) throws Exception {
        ConfigValue value = organization(root).getValuesOrThrow("MSP");
        return FabricMSPConfig.parseFrom(MSPConfig.parseFrom(value.getValue()).getConfig())
                .getRevocationListList();
    }

    private static List<X509CRL> organizationsLists(ConfigGroup root) throws Exception {
        List<X509CRL> read = new ArrayList<>();
        for (ByteString list : lists(root)) {
            read.add(CertificateReader.revocationList(list.toByteArray()));
        }
        return read;
    }

    private static long lastConfig(Block block) throws Exception {
        Metadata metadata = Metadata.parseFrom(block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
        return OrdererBlockMetadata.parseFrom(metadata.getValue())
                .getLastConfig()
                .getIndex();
    }

    /** The configuration with an anchor peer of Org1 at another port. */
    private Config anchors(int port) throws Exception {
        Config current = updates.current();
        ConfigGroup root = current.getChannelGroup();
        ConfigGroup application = root.getGroupsOrThrow("Application");
        ConfigValue anchors = ConfigValue.newBuilder()
                .setModPolicy("Admins")
                .setValue(AnchorPeers.newBuilder()
                        .addAnchorPeers(AnchorPeer.newBuilder()
                                .setHost(Fresh.name("anchor"))
                                .setPort(port))
                        .build()
                        .toByteString())
                .build();
        return current.toBuilder()
                .setChannelGroup(root.toBuilder()
                        .putGroups(
                                "Application",
                                application.toBuilder()
                                        .putGroups(
                                                "Org1MSP",
                                                organization(root).toBuilder()
                                                        .putValues("AnchorPeers", anchors)
                                                        .build())
                                        .build()))
                .build();
    }

    private static ConfigGroup organization(ConfigGroup root) {
        return root.getGroupsOrThrow("Application").getGroupsOrThrow("Org1MSP");
    }
}
