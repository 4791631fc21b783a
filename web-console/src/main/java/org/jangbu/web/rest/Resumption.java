package org.jangbu.web.rest;

import java.util.Optional;
import org.jangbu.model.TxId;
import org.jangbu.peer.event.Following;
import org.jangbu.web.access.Names;
import org.jangbu.web.event.EventId;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Where a reader wants to begin: behind the last event that it has seen, else where it says, else with what is committed next. */
final class Resumption {
    private Resumption() {}

    /** The first block of a stream of blocks. */
    static long block(Following following, @Nullable String from, @Nullable String last) {
        if (last == null) {
            return start(following, from);
        }
        EventId seen = id(last);
        if (seen.transaction().isPresent()) {
            throw invalid(last);
        }
        return seen.block() + 1;
    }

    /**
     * The first block to look at for events of a chaincode, and the transaction in it behind which they begin. As in Fabric, a transaction that is not on the
     * ledger counts as none named.
     */
    static EventId chaincode(
            Following following, @Nullable String from, @Nullable String after, @Nullable String last) {
        if (last != null) {
            EventId seen = id(last);
            if (seen.transaction().isEmpty()) {
                throw invalid(last);
            }
            return seen;
        }
        Optional<TxId> named = Optional.ofNullable(after).map(Names::txId);
        return named.flatMap(txId -> following.blockOf(txId).map(block -> new EventId(block, named)))
                .orElseGet(() -> new EventId(start(following, from), Optional.empty()));
    }

    private static long start(Following following, @Nullable String from) {
        return from == null ? following.chain().height() : Names.number("from", from, 0, Long.MAX_VALUE);
    }

    private static EventId id(String last) {
        return EventId.parse(last).orElseThrow(() -> invalid(last));
    }

    private static RuntimeException invalid(String last) {
        return Problem.of(ProblemCode.INVALID_PARAMETER, "Last-Event-ID: the id of an event of such a stream")
                .with("parameter", "Last-Event-ID")
                .withValue(last)
                .exception();
    }
}
