package org.jangbu.web.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Gateway.CommitStatus;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.Content;
import org.jangbu.web.view.EndorserAnswerView;

/**
 * Calls chaincodes for whoever's key the server keeps: signs the proposal, gathers endorsements, signs the transaction, waits for the commit.
 * Nothing blocks; what fails carries the transaction id.
 */
public final class ManagedClient {
    private final Gateway gateway;
    private final Proposals proposals;

    public ManagedClient(Gateway gateway, Proposals proposals) {
        this.gateway = gateway;
        this.proposals = proposals;
    }

    /** Where a call goes. */
    public record Target(ChannelId channel, ChaincodeName chaincode) {}

    /** What a chaincode returned to a query, and what it said beside. */
    public record Evaluated(TxId txId, Content result, String message) {}

    /**
     * What became of a submitted transaction.
     *
     * @param status how it ended; empty if that was not known within the time given
     */
    public record Submitted(TxId txId, Content result, Optional<CommitStatus> status) {}

    /** What every endorser answered, and a transaction of each result, ready to send. */
    public record Compared(TxId txId, List<Answer> answers, List<Choice> choices) {}

    /** Endorsements of one result, in an envelope; signed by its creator or not yet. */
    public record Choice(List<Answer> answers, Envelope envelope) {}

    /** Runs a function without writing anything. */
    public CompletionStage<Evaluated> evaluate(SigningIdentity signer, Target target, Invocation invocation) {
        Proposals.Signed signed = proposals.sign(signer, target.channel(), target.chaincode(), invocation);
        return about(
                signed.txId(),
                gateway.evaluate(signed.proposal())
                        .thenApply(response -> new Evaluated(
                                signed.txId(),
                                EndorserAnswerView.result(response),
                                response.getResponse().getMessage())));
    }

    /** Runs a function, has its writes ordered and waits at most {@code limit} for the commit. */
    public CompletionStage<Submitted> submit(
            SigningIdentity signer, Target target, Invocation invocation, Duration limit) {
        Proposals.Signed signed = proposals.sign(signer, target.channel(), target.chaincode(), invocation);
        return about(signed.txId(), gateway.endorse(signed.proposal()).thenCompose(prepared -> {
            Content result = prepared.answers().stream()
                    .findFirst()
                    .map(answer -> EndorserAnswerView.result(answer.response()))
                    .orElse(Content.EMPTY);
            ByteString envelope = Transactions.sign(prepared.envelope(), signer).toByteString();
            return gateway.submit(target.channel(), envelope)
                    .thenCompose(accepted -> gateway.commitStatus(target.channel(), signed.txId(), limit))
                    .thenApply(status -> new Submitted(signed.txId(), result, status));
        }));
    }

    /** Asks every endorser and signs a transaction of each result: the caller may compare, and send one of them anyway. */
    public CompletionStage<Compared> endorse(SigningIdentity signer, Target target, Invocation invocation) {
        Proposals.Signed signed = proposals.sign(signer, target.channel(), target.chaincode(), invocation);
        return compare(signed.txId(), signed.proposal())
                .thenApply(compared -> new Compared(
                        compared.txId(),
                        compared.answers(),
                        compared.choices().stream()
                                .map(choice ->
                                        new Choice(choice.answers(), Transactions.sign(choice.envelope(), signer)))
                                .toList()));
    }

    /** Asks every endorser with a proposal signed by its creator; the transactions lack the creator's signature. */
    public CompletionStage<Compared> compare(TxId txId, SignedProposal proposal) {
        return about(
                txId,
                gateway.endorseByAll(proposal)
                        .thenApply(answers -> new Compared(
                                txId,
                                answers,
                                Transactions.byResult(answers).stream()
                                        .map(agreeing -> choice(txId, proposal, agreeing))
                                        .toList())));
    }

    /** Gathers as many endorsements as the policy needs for a proposal signed by its creator. */
    public CompletionStage<Compared> endorse(TxId txId, SignedProposal proposal) {
        return about(
                txId,
                gateway.endorse(proposal)
                        .thenApply(prepared -> new Compared(
                                txId,
                                prepared.answers(),
                                List.of(new Choice(prepared.answers(), prepared.envelope())))));
    }

    private static Choice choice(TxId txId, SignedProposal proposal, List<Answer> agreeing) {
        try {
            return new Choice(agreeing, Transactions.prepare(proposal, agreeing));
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ProblemCode.MALFORMED_MESSAGE, "the proposal cannot be read: " + e.getMessage())
                    .with("transactionId", txId.value())
                    .exception();
        }
    }

    /** Names the transaction in whatever fails; {@link EndorseException}s name it themselves. */
    public static <T> CompletionStage<T> about(TxId txId, CompletionStage<T> stage) {
        return stage.handle((value, failure) -> failure == null
                        ? java.util.concurrent.CompletableFuture.completedStage(value)
                        : java.util.concurrent.CompletableFuture.<T>failedStage(Failures.about(txId, failure)))
                .thenCompose(same -> same);
    }
}
