package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.NodeName;
import org.jspecify.annotations.Nullable;

/** How nodes of other servers are reached by one of this server. */
public interface PeerConnections {
    /** Nobody is reached. */
    PeerConnections NONE = (destination, proposal, limit) ->
            CompletableFuture.failedFuture(new UnreachableException("this server reaches no other"));

    /** The connections of each node of this server. */
    @FunctionalInterface
    interface ByNode {
        /** Nobody is reached. */
        ByNode NONE = node -> PeerConnections.NONE;

        /** Those by which a node shows its TLS certificate where one is demanded. */
        PeerConnections of(LocalNode node);
    }

    /** The SHA-256 of the TLS certificate that is shown where one is demanded; empty if there is none. */
    default ByteString shownHash() {
        return ByteString.EMPTY;
    }

    /**
     * Has a peer answer a proposal. Whatever comes back is what somebody at that address says, no more. Fails with {@link UnreachableException} where nobody
     * answers, or nobody to whom the certificates lead.
     *
     * @param limit longest wait, connecting included
     */
    CompletionStage<ProposalResponse> propose(Destination destination, SignedProposal proposal, Duration limit);

    /**
     * Hands an envelope to an orderer. Fails as {@link #propose} does; then the orderer may have taken it all the same.
     *
     * @param envelope a serialised {@code Envelope}
     */
    default CompletionStage<BroadcastResponse> broadcast(Destination destination, ByteString envelope, Duration limit) {
        return CompletableFuture.failedFuture(new UnreachableException("this server reaches no other"));
    }

    /**
     * Asks an orderer for blocks. Fails as {@link #propose} does where nobody answers; when the time is over, what has come by then is given.
     *
     * @param request what is wanted, signed
     */
    default CompletionStage<Delivered> deliver(Destination destination, BlockRequest request, Duration limit) {
        return CompletableFuture.failedFuture(new UnreachableException("this server reaches no other"));
    }

    /**
     * A request for blocks. An answer is cut off behind the block with which it goes beyond a bound.
     *
     * @param seek a signed {@code SeekInfo}
     */
    record BlockRequest(Envelope seek, int mostBlocks, long mostBytes) {}

    /**
     * What an orderer has answered.
     *
     * @param blocks in the order in which they came, not verified
     * @param status with which the answer ended; SUCCESS too where it was cut off
     */
    record Delivered(List<Block> blocks, Status status) {}

    /**
     * Where a node is.
     *
     * @param authorities certificates in PEM under one of which its TLS certificate must stand, and no others
     */
    record Destination(String host, int port, Set<ByteString> authorities) {
        /** Of an address {@code host:port}; empty for anything else. */
        static Optional<Destination> of(String address, Set<ByteString> authorities) {
            int colon = address.lastIndexOf(':');
            if (colon <= 0 || !NodeName.isValid(address.substring(0, colon))) {
                return Optional.empty();
            }
            try {
                int port = Integer.parseInt(address.substring(colon + 1));
                return port > 0 && port <= 0xffff
                        ? Optional.of(new Destination(address.substring(0, colon), port, authorities))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Nobody answered there. */
    final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean late;

        /** @param message for callers: in words, without what only this server's operator should see */
        public UnreachableException(String message) {
            this(message, false);
        }

        /** Why a node elsewhere cannot be asked, in words for callers. */
        static String reason(@Nullable Throwable failure) {
            return failure != null && Reply.cause(failure) instanceof UnreachableException unreachable
                    ? String.valueOf(unreachable.getMessage())
                    : "it cannot be asked";
        }

        /** @param late whether it is only that the time is over */
        public UnreachableException(String message, boolean late) {
            super(message);
            this.late = late;
        }

        public boolean late() {
            return late;
        }
    }
}
