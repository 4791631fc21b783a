package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.TxId;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.web.client.LifecycleClient;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.view.BlockSummary;
import org.jangbu.web.view.ChainView;
import org.jangbu.web.view.ConfigTreeView;
import org.jangbu.web.view.Content;
import org.jangbu.web.view.DefinitionView;
import org.jangbu.web.view.EndorserAnswerView;
import org.jangbu.web.view.OrganizationView;

/** The JSON objects that are not simply views of the ledger. */
public final class Answers {
    private Answers() {}

    /** The channels a caller may read. */
    public record Channels(List<ChainView> channels) {}

    /**
     * The first block of a channel.
     *
     * @param block the message {@code common.Block} in Base64
     */
    public record FirstBlock(String channel, String block) {
        static FirstBlock of(FirstBlocks.Made made) {
            return new FirstBlock(
                    made.channel().value(),
                    Base64.getEncoder().encodeToString(made.block().toByteArray()));
        }
    }

    /** The peers of an organisation. */
    public record Peers(List<Peer> peers) {}

    /**
     * A peer of this server.
     *
     * @param endorsing whether it endorses on channels whose configuration does not say
     * @param channels those it has joined
     * @param roles what it does on each
     */
    public record Peer(
            String name,
            String mspId,
            boolean endorsing,
            String address,
            List<String> channels,
            List<RolesOnChannel> roles) {
        static Peer of(PeerChannels.JoinedPeer peer) {
            return new Peer(
                    peer.name().value(),
                    peer.mspId().value(),
                    peer.endorsing(),
                    peer.address(),
                    peer.channels().stream().map(ChannelId::value).toList(),
                    peer.roles().entrySet().stream()
                            .map(channel -> RolesOnChannel.of(channel.getKey(), channel.getValue()))
                            .toList());
        }
    }

    /** What a peer does on a channel besides committing, by the channel's configuration now. */
    public record RolesOnChannel(String channel, boolean endorsing, boolean leading, boolean anchor) {
        static RolesOnChannel of(ChannelId channel, PeerRoles roles) {
            return new RolesOnChannel(channel.value(), roles.endorsing(), roles.leading(), roles.anchor());
        }
    }

    /**
     * A channel: its ledger, and the roles that its configuration gives.
     *
     * @param organizations those that transact; absent if the caller may not read the configuration
     */
    public record Channel(
            String channel,
            long height,
            String currentBlockHash,
            String previousBlockHash,
            Optional<List<OrganizationView>> organizations) {
        static Channel of(ChainView chain, Optional<ChannelConfig> config) {
            return new Channel(
                    chain.channel(),
                    chain.height(),
                    chain.currentBlockHash(),
                    chain.previousBlockHash(),
                    config.map(OrganizationView::of));
        }
    }

    /** A peer that has joined a channel. */
    public record Joined(String peer, String channel) {}

    /** The packages of a peer. */
    public record Packages(List<InstalledPackage> packages) {}

    /** An installed package. */
    public record InstalledPackage(String packageId, String label) {
        static InstalledPackage of(PackageId id) {
            return new InstalledPackage(id.toString(), id.label());
        }
    }

    /** The chaincodes of a channel. */
    public record Definitions(List<DefinitionView> chaincodes) {}

    /** Which organisations have approved exactly a definition. */
    public record Readiness(List<DefinitionView.Approval> approvals) {
        static Readiness of(LifecycleClient.Readiness readiness) {
            return new Readiness(readiness.result().getApprovalsMap().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new DefinitionView.Approval(
                            entry.getKey(),
                            entry.getValue(),
                            Optional.ofNullable(readiness.differences().get(entry.getKey()))))
                    .toList());
        }
    }

    /**
     * What one peer answered to a proposal.
     *
     * @param proposalResponse the whole answer, the Fabric message {@code protos.ProposalResponse} in Base64
     */
    public record PeerAnswer(String transactionId, ResponseView response, String proposalResponse) {
        static PeerAnswer of(TxId txId, ProposalResponse answer) {
            return new PeerAnswer(txId.value(), ResponseView.of(answer), base64(answer.toByteString()));
        }
    }

    /** The chaincode's answer, or the peer's own: status, words and payload. */
    public record ResponseView(int status, String message, Content payload) {
        static ResponseView of(ProposalResponse answer) {
            return new ResponseView(
                    answer.getResponse().getStatus(),
                    answer.getResponse().getMessage(),
                    EndorserAnswerView.result(answer));
        }
    }

    /** A page of blocks, oldest first, and where its neighbours are. */
    public record BlockPage(String channel, long height, List<BlockSummary> blocks, Links links) {}

    /** Addresses of neighbouring pages; absent where there are none. */
    public record Links(String self, Optional<String> next, Optional<String> previous) {}

    /**
     * A channel's configuration.
     *
     * @param config the Fabric message {@code common.Config} in Base64: what a changed configuration is made from
     * @param channelGroup the same taken apart
     */
    public record Configuration(String channel, BigInteger sequence, String config, ConfigTreeView channelGroup) {
        static Configuration of(ChannelConfig config) {
            return new Configuration(
                    config.channel().value(),
                    new BigInteger(Long.toUnsignedString(config.sequence())),
                    base64(config.config().toByteString()),
                    ConfigTreeView.of(config.config().getChannelGroup()));
        }
    }

    /**
     * An update that nobody has signed yet.
     *
     * @param sequence of the configuration that it changes
     * @param update the Fabric message {@code common.ConfigUpdate} in Base64
     * @param signatures the policies that signatures under it must satisfy
     */
    public record PreparedUpdate(
            String channel, BigInteger sequence, String update, List<ConfigUpdates.Guard> signatures) {
        static PreparedUpdate of(ChannelConfig current, ConfigUpdate update) throws ConfigUpdateException {
            return new PreparedUpdate(
                    current.channel().value(),
                    new BigInteger(Long.toUnsignedString(current.sequence())),
                    base64(update.toByteString()),
                    ConfigUpdates.guards(current, update));
        }
    }

    /**
     * What a signer signs at home.
     *
     * @param signatureHeader the first field of the {@code common.ConfigSignature}, in Base64
     * @param bytes what to sign (SHA-256 with ECDSA, low S), in Base64
     */
    public record BytesToSign(String signatureHeader, String bytes) {}

    /** A signature under an update: the Fabric message {@code common.ConfigSignature} in Base64. */
    public record UpdateSignature(String signature) {}

    /** An update that the ordering service has taken; it may still be overtaken by another one of the same sequence. */
    public record AcceptedUpdate(String channel, BigInteger sequence) {}

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** What a chaincode returned to a query. */
    public record Evaluation(String transactionId, Content result) {
        static Evaluation of(ManagedClient.Evaluated evaluated) {
            return new Evaluation(evaluated.txId().value(), evaluated.result());
        }
    }

    /** A transaction that took effect. */
    public record Commit(String transactionId, long blockNumber, String validationCode, Optional<Content> result) {}

    /** A transaction that is ordered but whose end is not known yet; ask at {@code status}. */
    public record Pending(String transactionId, Optional<Content> result, String status) {}

    /**
     * What endorsers answered.
     *
     * @param agree whether all that endorsed gave the same result
     * @param endorsements one for each endorser asked
     * @param transactions one for each distinct result
     */
    public record Endorsements(
            String transactionId,
            boolean agree,
            List<EndorserAnswerView> endorsements,
            List<PreparedTransaction> transactions) {

        static Endorsements of(ManagedClient.Compared compared) {
            return new Endorsements(
                    compared.txId().value(),
                    compared.choices().size() == 1,
                    compared.answers().stream().map(EndorserAnswerView::of).toList(),
                    compared.choices().stream().map(PreparedTransaction::of).toList());
        }
    }

    /**
     * An envelope of one result's endorsements, ready to be sent as it is or after its creator has signed.
     *
     * @param endorsers the nodes whose endorsements it holds
     * @param signed whether the creator's signature is in it
     * @param envelope the Fabric message {@code common.Envelope} in Base64; the creator signs its field {@code payload}
     */
    public record PreparedTransaction(List<String> endorsers, boolean signed, String envelope) {
        static PreparedTransaction of(ManagedClient.Choice choice) {
            Envelope envelope = choice.envelope();
            return new PreparedTransaction(
                    choice.answers().stream()
                            .map(answer -> answer.node().value())
                            .toList(),
                    !envelope.getSignature().isEmpty(),
                    Base64.getEncoder().encodeToString(envelope.toByteArray()));
        }
    }

    /** An orderer's consortium: members by MSP id, and what is left to them. */
    public record ConsortiumOfOrderer(
            String name, List<String> members, String channelCreationPolicy, String admissionPolicy) {
        static ConsortiumOfOrderer of(Consortium consortium) {
            return new ConsortiumOfOrderer(
                    consortium.name(),
                    consortium.memberIds().stream().map(MspId::value).toList(),
                    consortium.rules().channelCreation(),
                    consortium.rules().admission());
        }
    }

    /** An update to sign, in Base64, and the policy that the signatures must satisfy. */
    public record Admission(String update, String admissionPolicy) {}
}
