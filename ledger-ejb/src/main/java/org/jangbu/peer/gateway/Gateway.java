package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;

/**
 * What every face (REST, gRPC) offers its clients. Callers are authenticated by the signatures in what they send, nothing else. All methods
 * return at once; stages complete on the peer's executor.
 */
public interface Gateway {
    /**
     * Runs a proposal on one hosted peer, preferably of the creator's own organisation; nothing is ordered. Fails with {@link
     * EndorseException}; a chaincode's own answer of status 400 and above is Kind CHAINCODE.
     */
    default CompletionStage<ProposalResponse> evaluate(SignedProposal proposal) {
        return evaluate(proposal, Routing.FREE);
    }

    /** As {@link #evaluate(SignedProposal)}, on a peer that the routing allows. */
    CompletionStage<ProposalResponse> evaluate(SignedProposal proposal, Routing routing);

    /**
     * Gathers endorsements until the chaincode's policy is met and all agree.
     *
     * @return the prepared transaction: an envelope that lacks only the creator's signature, and the answers it was made of
     */
    default CompletionStage<PreparedTransaction> endorse(SignedProposal proposal) {
        return endorse(proposal, Routing.FREE);
    }

    /** As {@link #endorse(SignedProposal)}; where the caller names organisations, one peer of each endorses, whatever the policy asks. */
    CompletionStage<PreparedTransaction> endorse(SignedProposal proposal, Routing routing);

    /** Asks every endorsing peer hosted here and returns all answers, whether or not they agree or satisfy a policy ("compare"). */
    CompletionStage<List<EndorseException.Answer>> endorseByAll(SignedProposal proposal);

    /** Hands a signed envelope to the ordering service, whether or not its policy is met. Fails with {@link BroadcastException}. */
    CompletionStage<Void> submit(ChannelId channel, ByteString envelope);

    /**
     * Completes when the transaction is committed on a hosted peer, at once if it is already; empty when {@code limit} has passed first. No
     * thread waits. Fails with {@link EndorseException} NOT_FOUND for an unknown channel, UNAVAILABLE when too many wait already.
     */
    default CompletionStage<Optional<CommitStatus>> commitStatus(ChannelId channel, TxId txId, Duration limit) {
        return commitStatus(channel, txId, limit, new CompletableFuture<>());
    }

    /** As {@link #commitStatus(ChannelId, TxId, Duration)}; also empty, and the place of the waiter free again, once {@code abandoned} completes. */
    CompletionStage<Optional<CommitStatus>> commitStatus(
            ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned);

    /** Whether a hosted peer has joined the channel. */
    boolean serves(ChannelId channel);

    /** An endorsed transaction that its creator has still to sign. */
    record PreparedTransaction(Envelope envelope, List<EndorseException.Answer> answers) {}

    /** How a transaction ended. */
    record CommitStatus(TxId txId, TxValidationCode code, long blockNumber) {}
}
