package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.BAD_CREATOR_SIGNATURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.model.ParsedBlock;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.CrlFolders;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.endorse.Contract;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revocation list counts at a door from the moment it is there, and in blocks from the configuration that brings it. */
class TwoClocksTest {
    private static final SigningIdentity USER = FabricVectors.user(1);
    private static final X509CRL LIST = FabricVectors.revocation(USER);

    @TempDir
    Path home;

    private long nanos;

    @Test
    void two_peers_that_validate_before_and_after_a_list_arrives_flag_every_transaction_alike() throws Exception {
        List<Block> chain = chain();
        List<List<TxValidationCode>> early = new Peer().takeAll(chain);

        RevocationSource files = new CrlFolders(home, () -> nanos);
        TestPeer door = new TestPeer(1).knowing(files);
        door.runs("basic", (call, host) -> Contract.ok(""));
        Peer late = new Peer();
        List<List<TxValidationCode>> flags = new ArrayList<>(List.of(late.take(chain.get(0))));
        assertThat(door.endorser().process(TestProposal.of().signed()).hasEndorsement())
                .isTrue();
        Files.createDirectories(home.resolve("nodes/peer0.org1.example.com/msp/crls"));
        Files.write(home.resolve("nodes/peer0.org1.example.com/msp/crls/list.der"), LIST.getEncoded());
        nanos += CrlFolders.LOOK_AGAIN.toNanos() + 1;
        assertThatThrownBy(() -> door.endorser().process(TestProposal.of().signed()))
                .isInstanceOf(ProposalException.class);
        // Years later the certificates have expired as well.
        door.at(Instant.parse("2126-01-01T00:00:00Z"));
        for (Block block : chain.subList(1, chain.size())) {
            flags.add(late.take(block));
        }

        assertThat(flags).isEqualTo(early);
        assertThat(early)
                .containsExactly(
                        List.of(VALID, VALID), List.of(VALID), List.of(VALID), List.of(BAD_CREATOR_SIGNATURE, VALID));
    }

    /** The user writes before and after the list arrives at one peer's door, and after the channel's configuration has it. */
    private static List<Block> chain() throws Exception {
        TestChannel channel = new TestChannel();
        return List.of(
                channel.next(write("a", USER), write("b", FabricVectors.user(2))),
                channel.next(write("c", USER)),
                channel.next(TestConfigurations.configuration(
                        TestChannel.CONFIG, TestConfigurations.update(revocation(), FabricVectors.admin(1)))),
                channel.next(write("d", USER), write("e", FabricVectors.admin(1))));
    }

    private static ByteString write(String key, SigningIdentity creator) {
        return TestTransaction.writing(key, "1").by(creator).bytes();
    }

    /** Brings the list into Org1's MSP. */
    private static ConfigUpdate revocation() throws Exception {
        ConfigValue current = TestChannel.CONFIG
                .config()
                .getChannelGroup()
                .getGroupsOrThrow("Application")
                .getGroupsOrThrow("Org1MSP")
                .getValuesOrThrow("MSP");
        MSPConfig msp = MSPConfig.parseFrom(current.getValue());
        FabricMSPConfig revoking = FabricMSPConfig.parseFrom(msp.getConfig()).toBuilder()
                .addRevocationList(ByteString.copyFrom(LIST.getEncoded()))
                .build();
        ConfigValue next = current.toBuilder()
                .setVersion(1)
                .setValue(msp.toBuilder()
                        .setConfig(revoking.toByteString())
                        .build()
                        .toByteString())
                .build();
        return ConfigUpdate.newBuilder()
                .setChannelId("mychannel")
                .setReadSet(organization(ConfigGroup.getDefaultInstance()))
                .setWriteSet(organization(
                        ConfigGroup.newBuilder().putValues("MSP", next).build()))
                .build();
    }

    private static ConfigGroup organization(ConfigGroup group) {
        return ConfigGroup.newBuilder()
                .putGroups(
                        "Application",
                        ConfigGroup.newBuilder().putGroups("Org1MSP", group).build())
                .build();
    }

    /** Validates blocks one after the other, each by the configuration that those before it have left. */
    private static final class Peer {
        private final MemoryPeerLedger ledger = TestChannel.ledger();
        private final BlockValidator validator = new BlockValidator(Parallel.none());
        private ChannelConfig config = TestChannel.CONFIG;

        List<List<TxValidationCode>> takeAll(List<Block> blocks) throws Exception {
            List<List<TxValidationCode>> codes = new ArrayList<>();
            for (Block block : blocks) {
                codes.add(take(block));
            }
            return codes;
        }

        List<TxValidationCode> take(Block block) throws Exception {
            BlockVerdict verdict = validator.validate(
                    ParsedBlock.parse(block), config, LedgerBefore.of(ledger, new StateDefinitions(ledger)));
            config = verdict.configuration().orElse(config);
            return verdict.codes();
        }
    }
}
