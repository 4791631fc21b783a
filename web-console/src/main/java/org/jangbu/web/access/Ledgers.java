package org.jangbu.web.access;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.event.EventDoor;
import org.jangbu.peer.event.Following;
import org.jangbu.peer.query.LedgerQuery;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.ChainView;

/** The ledgers as the caller may see them; what is not there is a problem that says what is missing. */
@RequestScoped
public class Ledgers {
    @Inject
    LedgerQuery query;

    @Inject
    EventDoor events;

    @Inject
    CallerIdentity caller;

    public List<ChainView> channels() {
        return query.channels(caller.serialized()).stream().map(ChainView::of).toList();
    }

    public LedgerQuery.ChainInfo chain(ChannelId channel) {
        return query.chainInfo(caller.serialized(), channel).orElseThrow(() -> missing(channel));
    }

    private static RuntimeException missing(ChannelId channel) {
        return Problem.of(ProblemCode.CHANNEL_NOT_FOUND, "no channel of this name that the caller may read")
                .withValue(channel.value())
                .exception();
    }

    /** The configuration in force; empty for somebody who may not read it. */
    public Optional<ChannelConfig> configIfReadable(ChannelId channel) {
        return query.config(caller.serialized(), channel);
    }

    /** The configuration in force. */
    public ChannelConfig config(ChannelId channel) {
        return query.config(caller.serialized(), channel).orElseThrow(() -> missing(channel));
    }

    /** Follows a channel under an access rule, for example {@code event/Block}, for as long as the server knows the caller. */
    public Following follow(ChannelId channel, String resource) {
        return events.open(caller.serialized(), channel, resource)
                .map(following -> new CallersFollowing(following, caller.known()))
                .orElseThrow(() -> missing(channel));
    }

    public Block block(ChannelId channel, long number) {
        return found(channel, query.block(caller.serialized(), channel, number), Long.toString(number));
    }

    public Block block(ChannelId channel, ByteString hash) {
        return found(channel, query.blockByHash(caller.serialized(), channel, hash), BlockHash.hex(hash));
    }

    public LedgerQuery.ProcessedTransaction transaction(ChannelId channel, TxId txId) {
        return query.transaction(caller.serialized(), channel, txId).orElseThrow(() -> {
            chain(channel);
            return Problem.of(ProblemCode.TRANSACTION_NOT_FOUND, "no transaction of this id on " + channel)
                    .with("transactionId", txId.value())
                    .exception();
        });
    }

    private Block found(ChannelId channel, Optional<Block> block, String name) {
        return block.orElseThrow(() -> {
            chain(channel);
            return Problem.of(ProblemCode.BLOCK_NOT_FOUND, "no such block on " + channel)
                    .withValue(name)
                    .exception();
        });
    }
}
