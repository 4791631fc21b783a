package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.query.LedgerQuery;

/** The queries of a host; while its ledgers are not open every call fails with {@link StateUnavailableException}, which may pass. */
record HostedQuery(Supplier<Optional<? extends LedgerQuery>> open) implements LedgerQuery {
    @Override
    public List<ChainInfo> channels(ByteString caller) {
        return query().channels(caller);
    }

    @Override
    public Optional<ChainInfo> chainInfo(ByteString caller, ChannelId channel) {
        return query().chainInfo(caller, channel);
    }

    @Override
    public Optional<Block> block(ByteString caller, ChannelId channel, long number) {
        return query().block(caller, channel, number);
    }

    @Override
    public Optional<Block> blockByHash(ByteString caller, ChannelId channel, ByteString hash) {
        return query().blockByHash(caller, channel, hash);
    }

    @Override
    public Optional<ProcessedTransaction> transaction(ByteString caller, ChannelId channel, TxId txId) {
        return query().transaction(caller, channel, txId);
    }

    @Override
    public Optional<ChannelConfig> config(ByteString caller, ChannelId channel) {
        return query().config(caller, channel);
    }

    private LedgerQuery query() {
        Optional<? extends LedgerQuery> query = open.get();
        if (query.isEmpty()) {
            throw new StateUnavailableException("this server is not ready: its ledgers are not open", true);
        }
        return query.get();
    }
}
