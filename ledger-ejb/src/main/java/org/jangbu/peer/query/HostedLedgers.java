package org.jangbu.peer.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.MspId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.TransactionIds;

/** Queries over the ledgers of the peers that this server hosts; the caller's own organisation's peer answers if there is one. */
public final class HostedLedgers implements LedgerQuery {
    private final List<Host> hosts;
    private final DoorCheck door;

    /**
     * A peer whose ledgers may be asked.
     *
     * @param channels names of the channels that it has joined
     */
    public record Host(MspId mspId, Supplier<Set<ChannelId>> channels, Joined joined) {}

    /** Finds a joined channel of a peer. */
    @FunctionalInterface
    public interface Joined {
        Optional<JoinedChannel> find(ChannelId channel);
    }

    /**
     * Queries over the ledgers of these peers.
     *
     * @param door what a caller must pass besides the channel's access rules
     */
    public HostedLedgers(List<Host> hosts, DoorCheck door) {
        this.hosts = List.copyOf(hosts);
        this.door = door;
    }

    @Override
    public List<ChainInfo> channels(ByteString caller) {
        Set<ChannelId> names = new TreeSet<>();
        hosts.forEach(host -> names.addAll(host.channels().get()));
        return names.stream()
                .flatMap(channel -> chainInfo(caller, channel).stream())
                .toList();
    }

    @Override
    public Optional<ChainInfo> chainInfo(ByteString caller, ChannelId channel) {
        return ledger(caller, channel, "qscc/GetChainInfo").map(ledger -> info(channel, ledger));
    }

    @Override
    public Optional<Block> block(ByteString caller, ChannelId channel, long number) {
        return ledger(caller, channel, "qscc/GetBlockByNumber").flatMap(ledger -> ledger.block(number));
    }

    @Override
    public Optional<Block> blockByHash(ByteString caller, ChannelId channel, ByteString hash) {
        return ledger(caller, channel, "qscc/GetBlockByHash").flatMap(ledger -> ledger.blockByHash(hash));
    }

    @Override
    public Optional<ProcessedTransaction> transaction(ByteString caller, ChannelId channel, TxId txId) {
        return ledger(caller, channel, "qscc/GetTransactionByID")
                .filter(ledger -> TransactionIds.isWellFormed(txId))
                .flatMap(ledger -> ledger.transactions().find(txId).flatMap(entry -> processed(ledger, entry)));
    }

    @Override
    public Optional<ChannelConfig> config(ByteString caller, ChannelId channel) {
        return joined(caller, channel, "cscc/GetChannelConfig").map(JoinedChannel::config);
    }

    private Optional<PeerLedger> ledger(ByteString caller, ChannelId channel, String resource) {
        return joined(caller, channel, resource).map(JoinedChannel::ledger);
    }

    private Optional<JoinedChannel> joined(ByteString caller, ChannelId channel, String resource) {
        return ordered(caller).stream()
                .flatMap(host -> host.joined().find(channel).stream())
                .findFirst()
                .filter(joined -> isLetIn(caller, joined.config().membership()))
                .filter(joined ->
                        AccessControl.refusal(joined.config(), resource, caller).isEmpty());
    }

    private boolean isLetIn(ByteString caller, Membership membership) {
        try {
            door.check(membership, membership.deserialize(caller));
            return true;
        } catch (IdentityException e) {
            return false;
        }
    }

    private List<Host> ordered(ByteString caller) {
        String mspId;
        try {
            mspId = SerializedIdentity.parseFrom(caller).getMspid();
        } catch (InvalidProtocolBufferException e) {
            return List.of();
        }
        List<Host> ordered = new ArrayList<>(hosts);
        ordered.sort(Comparator.comparing(host -> !host.mspId().value().equals(mspId)));
        return ordered;
    }

    /** Of one height, though blocks may be committed meanwhile. */
    private static ChainInfo info(ChannelId channel, PeerLedger ledger) {
        long height = ledger.height();
        Optional<Block> newest = height == 0 ? Optional.empty() : ledger.block(height - 1);
        return new ChainInfo(
                channel,
                height,
                newest.map(block -> BlockHash.of(block.getHeader())).orElse(ByteString.EMPTY),
                newest.map(block -> block.getHeader().getPreviousHash()).orElse(ByteString.EMPTY));
    }

    private static Optional<ProcessedTransaction> processed(PeerLedger ledger, TransactionIndex.Entry entry) {
        return ledger.block(entry.block()).map(block -> {
            try {
                ParsedEnvelope envelope = ParsedEnvelope.parse(block.getData().getData(entry.position()));
                return new ProcessedTransaction(envelope, entry.code(), entry.block(), entry.position());
            } catch (MalformedEnvelopeException e) {
                throw new IllegalStateException("the index names a transaction that cannot be read", e);
            }
        });
    }
}
