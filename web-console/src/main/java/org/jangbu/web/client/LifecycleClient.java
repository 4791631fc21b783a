package org.jangbu.web.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Calls {@code _lifecycle} for whoever's key the server keeps: Fabric's messages, through the same gateway as every call of a chaincode. */
public final class LifecycleClient {
    private final ManagedClient client;

    public LifecycleClient(ManagedClient client) {
        this.client = client;
    }

    /** Who asks, and on which channel. */
    public record Caller(SigningIdentity signer, ChannelId channel) {}

    /**
     * Who has approved exactly a definition.
     *
     * @param differences in what the others differ, by MSP id, as far as hashes tell
     */
    public record Readiness(CheckCommitReadinessResult result, Map<String, String> differences) {}

    /** All definitions of a channel. */
    public CompletionStage<QueryChaincodeDefinitionsResult> committed(Caller caller) {
        return evaluate(
                caller,
                "QueryChaincodeDefinitions",
                QueryChaincodeDefinitionsArgs.getDefaultInstance(),
                QueryChaincodeDefinitionsResult.parser());
    }

    /** The definition of a chaincode; empty if there is none. */
    public CompletionStage<Optional<QueryChaincodeDefinitionResult>> committed(Caller caller, ChaincodeName name) {
        return evaluate(
                        caller,
                        "QueryChaincodeDefinition",
                        QueryChaincodeDefinitionArgs.newBuilder()
                                .setName(name.value())
                                .build(),
                        QueryChaincodeDefinitionResult.parser())
                .handle((found, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(Optional.of(found));
                    }
                    return isNotFound(failure)
                            ? CompletableFuture.completedStage(Optional.<QueryChaincodeDefinitionResult>empty())
                            : CompletableFuture.<Optional<QueryChaincodeDefinitionResult>>failedStage(failure);
                })
                .thenCompose(stage -> stage);
    }

    /**
     * What the caller's organisation has approved.
     *
     * @param sequence 0 for the newest
     */
    public CompletionStage<QueryApprovedChaincodeDefinitionResult> approved(
            Caller caller, ChaincodeName name, long sequence) {
        return evaluate(
                caller,
                "QueryApprovedChaincodeDefinition",
                QueryApprovedChaincodeDefinitionArgs.newBuilder()
                        .setName(name.value())
                        .setSequence(sequence)
                        .build(),
                QueryApprovedChaincodeDefinitionResult.parser());
    }

    /** Who has approved a definition. */
    public CompletionStage<Readiness> readiness(Caller caller, ApproveChaincodeDefinitionForMyOrgArgs definition) {
        CommitChaincodeDefinitionArgs args = toCommit(definition);
        CheckCommitReadinessArgs question = CheckCommitReadinessArgs.newBuilder()
                .setName(args.getName())
                .setSequence(args.getSequence())
                .setVersion(args.getVersion())
                .setEndorsementPlugin(args.getEndorsementPlugin())
                .setValidationPlugin(args.getValidationPlugin())
                .setValidationParameter(args.getValidationParameter())
                .setCollections(args.getCollections())
                .setInitRequired(args.getInitRequired())
                .build();
        return client.evaluate(caller.signer(), target(caller), call("CheckCommitReadiness", question))
                .thenApply(answer -> {
                    CheckCommitReadinessResult result = parsed(
                            CheckCommitReadinessResult.parser(), answer.result().bytes());
                    return new Readiness(result, Differences.read(answer.message(), result.getApprovalsMap()));
                });
    }

    /** Approves a definition for the caller's organisation. */
    public CompletionStage<ManagedClient.Submitted> approve(
            Caller caller, ApproveChaincodeDefinitionForMyOrgArgs definition, Duration limit) {
        return client.submit(
                caller.signer(), target(caller), call("ApproveChaincodeDefinitionForMyOrg", definition), limit);
    }

    /** Commits a definition for the channel. */
    public CompletionStage<ManagedClient.Submitted> commit(
            Caller caller, ApproveChaincodeDefinitionForMyOrgArgs definition, Duration limit) {
        return client.submit(
                caller.signer(), target(caller), call("CommitChaincodeDefinition", toCommit(definition)), limit);
    }

    private <T> CompletionStage<T> evaluate(Caller caller, String function, MessageLite argument, Parser<T> result) {
        return client.evaluate(caller.signer(), target(caller), call(function, argument))
                .thenApply(answer -> parsed(result, answer.result().bytes()));
    }

    private static ManagedClient.Target target(Caller caller) {
        return new ManagedClient.Target(caller.channel(), ChaincodeName.LIFECYCLE);
    }

    private static Invocation call(String function, MessageLite argument) {
        return new Invocation(ByteString.copyFromUtf8(function), List.of(argument.toByteString()), Map.of());
    }

    private static CommitChaincodeDefinitionArgs toCommit(ApproveChaincodeDefinitionForMyOrgArgs definition) {
        CommitChaincodeDefinitionArgs.Builder args = CommitChaincodeDefinitionArgs.newBuilder()
                .setName(definition.getName())
                .setSequence(definition.getSequence())
                .setVersion(definition.getVersion())
                .setEndorsementPlugin(definition.getEndorsementPlugin())
                .setValidationPlugin(definition.getValidationPlugin())
                .setValidationParameter(definition.getValidationParameter())
                .setInitRequired(definition.getInitRequired());
        return definition.hasCollections()
                ? args.setCollections(definition.getCollections()).build()
                : args.build();
    }

    private static <T> T parsed(Parser<T> parser, ByteString bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw Problem.of(ProblemCode.INTERNAL_ERROR, "_lifecycle gave an answer that cannot be read")
                    .exception();
        }
    }

    private static boolean isNotFound(Throwable failure) {
        return Failures.unwrap(failure) instanceof EndorseException e
                && e.kind() == EndorseException.Kind.CHAINCODE
                && e.answers().stream()
                        .anyMatch(answer -> answer.response().getResponse().getStatus() == 404);
    }
}
