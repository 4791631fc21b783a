package org.jangbu.web.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.jangbu.model.ChaincodeName;
import org.jangbu.peer.gateway.NamedPeers;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/**
 * What the older lifecycle called {@code instantiate} and {@code upgrade}: one organisation approves the next definition and commits it, where
 * the channel's policies let it decide alone. Two ordinary transactions, one after the other; cut off between them, the same call again goes
 * on with the second.
 */
public final class OneStep {
    /** How {@code _lifecycle} says that the organisation has approved exactly this before. */
    private static final String APPROVED_BEFORE = "with unchanged content";

    private final LifecycleClient lifecycle;
    private final NamedPeers peers;

    public OneStep(LifecycleClient lifecycle, NamedPeers peers) {
        this.lifecycle = lifecycle;
        this.peers = peers;
    }

    /** Which of the two words. */
    public enum Word {
        /** The chaincode's first definition on the channel. */
        INSTANTIATE,
        /** A further one, of another version. */
        UPGRADE
    }

    /**
     * Does what the word says.
     *
     * @param definition its sequence is 0 or the next one
     * @param limit how long to wait for each commit
     */
    public CompletionStage<ManagedClient.Submitted> define(
            LifecycleClient.Caller caller,
            Word word,
            ApproveChaincodeDefinitionForMyOrgArgs definition,
            Duration limit) {
        Optional<String> lacking =
                peers.lacksToDefineAlone(caller.channel(), caller.signer().mspId());
        if (lacking.isPresent()) {
            throw Problem.of(
                            ProblemCode.POLICY_UNSATISFIED,
                            "on channel " + caller.channel() + " organisation "
                                    + caller.signer().mspId() + " does not decide alone, it lacks: " + lacking.get()
                                    + "; have the others approve the definition, then commit it")
                    .exception();
        }
        return lifecycle
                .committed(caller, new ChaincodeName(definition.getName()))
                .thenApply(current -> next(word, definition, current))
                .thenCompose(next ->
                        approved(caller, next, limit).thenCompose(done -> lifecycle.commit(caller, next, limit)));
    }

    private static ApproveChaincodeDefinitionForMyOrgArgs next(
            Word word,
            ApproveChaincodeDefinitionForMyOrgArgs definition,
            Optional<QueryChaincodeDefinitionResult> current) {
        if (word == Word.INSTANTIATE && current.isPresent()) {
            throw inTheWay(
                    definition, "chaincode with name '" + definition.getName() + "' already exists", current.get());
        }
        if (word == Word.UPGRADE && current.isEmpty()) {
            throw Problem.of(
                            ProblemCode.CHAINCODE_NOT_FOUND,
                            "could not find chaincode with name '" + definition.getName() + "'")
                    .exception();
        }
        if (current.isPresent() && current.get().getVersion().equals(definition.getVersion())) {
            throw inTheWay(
                    definition,
                    "version already exists for chaincode with name '" + definition.getName() + "'",
                    current.get());
        }
        long sequence = current.map(QueryChaincodeDefinitionResult::getSequence).orElse(0L) + 1;
        return definition.getSequence() == 0
                ? definition.toBuilder().setSequence(sequence).build()
                : definition;
    }

    private static RuntimeException inTheWay(
            ApproveChaincodeDefinitionForMyOrgArgs definition, String detail, QueryChaincodeDefinitionResult current) {
        return Problem.of(ProblemCode.ALREADY_DEFINED, detail)
                .withValue(definition.getName())
                .with("sequence", current.getSequence())
                .exception();
    }

    /** Completes once the approval is in force. */
    private CompletionStage<Void> approved(
            LifecycleClient.Caller caller, ApproveChaincodeDefinitionForMyOrgArgs next, Duration limit) {
        return lifecycle
                .approve(caller, next, limit)
                .handle((submitted, failure) -> {
                    if (failure == null) {
                        return inForce(submitted);
                    }
                    Throwable cause = Failures.unwrap(failure);
                    return String.valueOf(cause.getMessage()).contains(APPROVED_BEFORE)
                            ? CompletableFuture.<Void>completedStage(null)
                            : CompletableFuture.<Void>failedStage(cause);
                })
                .thenCompose(stage -> stage);
    }

    private static CompletionStage<Void> inForce(ManagedClient.Submitted approval) {
        boolean valid = approval.status()
                .filter(status -> status.code() == TxValidationCode.VALID)
                .isPresent();
        if (valid) {
            return CompletableFuture.completedStage(null);
        }
        Problem problem = approval.status()
                .map(status -> Problem.of(ProblemCode.TRANSACTION_INVALID, "the approval was judged " + status.code())
                        .with("blockNumber", status.blockNumber())
                        .with("validationCode", status.code().name()))
                .orElseGet(
                        () -> Problem.of(
                                ProblemCode.UNAVAILABLE,
                                "the approval is ordered, but its commit was not seen in time; the same call again goes on from there"));
        return CompletableFuture.failedStage(
                problem.with("transactionId", approval.txId().value()).exception());
    }
}
