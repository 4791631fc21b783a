package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** How peers of other servers are reached. */
public interface PeerConnections {
    /**
     * Has a peer answer a proposal. Whatever comes back is what somebody at that address says, no more. Fails with {@link UnreachableException} where nobody
     * answers, or nobody to whom the certificates lead.
     *
     * @param limit longest wait, connecting included
     */
    CompletionStage<ProposalResponse> propose(Destination destination, SignedProposal proposal, Duration limit);

    /**
     * Where a peer is.
     *
     * @param authorities certificates in PEM under one of which its TLS certificate must stand, and no others
     */
    record Destination(String host, int port, Set<ByteString> authorities) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Nobody answered there. */
    final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param message for callers: in words, without what only this server's operator should see */
        public UnreachableException(String message) {
            super(message);
        }
    }
}
