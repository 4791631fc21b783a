package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationNews;
import org.junit.jupiter.api.Test;

class RevocationUpdateTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(60);
    private static final SigningIdentity USER = FabricVectors.user(1);
    private static final SigningIdentity ADMIN = FabricVectors.admin(1);

    private final ChannelConfig genesis = genesis();

    @Test
    void the_organisations_administrator_brings_the_list_into_its_msp() throws Exception {
        ConfigUpdate update = RevocationUpdate.prepare(genesis, FabricVectors.ORG1, List.of(list(1, FIRST, USER)));

        assertThat(ConfigUpdates.guards(genesis, update))
                .containsExactly(new ConfigUpdates.Guard(
                        "VALUE /Channel/Application/Org1MSP/MSP",
                        "/Channel/Application/Org1MSP/Admins",
                        "a signature by Org1MSP.admin"));
        ChannelConfig next = ConfigUpdates.propose(genesis, TestConfigurations.update(update, ADMIN))
                .next();
        genesis.membership().validate(genesis.membership().deserialize(USER.serialized()));
        assertThatThrownBy(() -> next.membership().validate(next.membership().deserialize(USER.serialized())))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.REVOKED));
        next.membership()
                .validate(next.membership().deserialize(FabricVectors.user(2).serialized()));
        assertThat(lists(next))
                .singleElement()
                .satisfies(list -> assertThat(list.toStringUtf8()).startsWith("-----BEGIN X509 CRL-----"));
    }

    @Test
    void a_newer_list_replaces_that_of_the_same_authority() throws Exception {
        ChannelConfig first = after(genesis, list(1, FIRST, USER));
        SigningIdentity peer = FabricVectors.peer(1);
        ChannelConfig second = after(first, list(1, LATER, USER, peer));

        assertThat(lists(second)).hasSize(1);
        assertThatThrownBy(
                        () -> second.membership().validate(second.membership().deserialize(peer.serialized())))
                .hasMessageContaining("revoked");
        assertThat(second.sequence()).isEqualTo(2);
    }

    @Test
    void a_list_that_is_older_the_same_or_leaves_somebody_out_is_refused() throws Exception {
        ChannelConfig current = after(genesis, list(1, LATER, USER));

        refused(current, FabricVectors.ORG1, list(1, FIRST, USER), "not newer");
        refused(current, FabricVectors.ORG1, list(1, LATER, USER), "not newer");
        refused(current, FabricVectors.ORG1, list(1, LATER.plusSeconds(60)), "leaves out 1");
    }

    @Test
    void a_list_of_another_authority_or_no_list_at_all_is_refused() throws Exception {
        refused(genesis, FabricVectors.ORG1, list(2, FIRST, FabricVectors.user(2)), "not signed by an authority");
        refused(genesis, new MspId("Org9MSP"), list(1, FIRST, USER), "has no MSP Org9MSP");
        refused(genesis, FabricVectors.ORG1, ByteString.copyFromUtf8("no list"), "cannot be read");
        refused(genesis, FabricVectors.ORG1, ByteString.EMPTY, "");
        byte[] forged = FabricVectors.revocation(1, FIRST, USER).getEncoded();
        forged[forged.length - 1] ^= 1;
        refused(genesis, FabricVectors.ORG1, ByteString.copyFrom(forged), "");
        assertThatThrownBy(() -> RevocationUpdate.prepare(genesis, FabricVectors.ORG1, List.of()))
                .isInstanceOf(ConfigUpdateException.class);
    }

    @Test
    void of_what_a_server_knows_only_what_the_msp_lacks_is_taken() throws Exception {
        X509CRL newest = FabricVectors.revocation(1, LATER, USER, FabricVectors.peer(1));
        RevocationNews known = RevocationNews.of(List.of(
                FabricVectors.revocation(1, FIRST, USER),
                newest,
                FabricVectors.revocation(2, LATER, FabricVectors.user(2))));
        ConfigUpdate update = RevocationUpdate.prepareKnown(genesis, FabricVectors.ORG1, known);
        assertThat(update)
                .isEqualTo(RevocationUpdate.prepare(
                        genesis, FabricVectors.ORG1, List.of(ByteString.copyFrom(newest.getEncoded()))));
        ChannelConfig next = ConfigUpdates.propose(genesis, TestConfigurations.update(update, ADMIN))
                .next();
        assertThatThrownBy(() -> RevocationUpdate.prepareKnown(next, FabricVectors.ORG1, known))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("knows no revocation list of an authority of Org1MSP that is newer");
        assertThatThrownBy(() -> RevocationUpdate.prepareKnown(genesis, new MspId("Org9MSP"), known))
                .hasMessageContaining("has no MSP Org9MSP");
    }

    private static void refused(ChannelConfig current, MspId mspId, ByteString list, String reason) {
        assertThatThrownBy(() -> RevocationUpdate.prepare(current, mspId, List.of(list)))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining(reason);
    }

    private static ChannelConfig after(ChannelConfig current, ByteString list) throws ConfigUpdateException {
        ConfigUpdate update = RevocationUpdate.prepare(current, FabricVectors.ORG1, List.of(list));
        return ConfigUpdates.propose(current, TestConfigurations.update(update, ADMIN))
                .next();
    }

    private static ByteString list(int organization, Instant at, SigningIdentity... revoked) throws CRLException {
        X509CRL list = FabricVectors.revocation(organization, at, revoked);
        return ByteString.copyFrom(list.getEncoded());
    }

    private static List<ByteString> lists(ChannelConfig config) throws InvalidProtocolBufferException {
        MSPConfig msp = MSPConfig.parseFrom(config.config()
                .getChannelGroup()
                .getGroupsOrThrow("Application")
                .getGroupsOrThrow("Org1MSP")
                .getValuesOrThrow("MSP")
                .getValue());
        return FabricMSPConfig.parseFrom(msp.getConfig()).getRevocationListList();
    }

    private static ChannelConfig genesis() {
        try {
            return ChannelConfigReader.read(FabricVectors.genesis());
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
