package org.jangbu.web.contract;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.jangbu.model.MspId;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.web.client.LifecycleClient;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.client.ManagedClient.Target;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/**
 * Asks contracts what they are, as the caller: who may not call the chaincode learns nothing of it. Answers are kept for the definition in
 * force and the caller's organisation, whose peers run a package of its own choice; and for a minute only, since a service can be exchanged behind both.
 */
public final class ContractDescriptions {
    private static final String METADATA = "org.hyperledger.fabric:GetMetadata";
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 64;

    private final ManagedClient client;
    private final LifecycleClient lifecycle;
    private final Clock clock;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    public ContractDescriptions(ManagedClient client, LifecycleClient lifecycle, Clock clock) {
        this.client = client;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    private record Key(Target target, MspId organization) {}

    private record Kept(long sequence, Instant until, ContractDescription description) {}

    /** The OpenAPI document of a contract. */
    public CompletionStage<byte[]> document(SigningIdentity signer, Target target) {
        return description(signer, target)
                .thenApply(description -> JsonWriter.text(
                                OpenApiDocument.of(target.channel(), target.chaincode(), description), JsonForm.LINE)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A function of a contract, to be called. Fails with the problem {@code function-not-found} where there is none of that name. */
    public CompletionStage<TypedCall> function(SigningIdentity signer, Target target, String name) {
        return description(signer, target)
                .thenApply(description -> new TypedCall(
                        description
                                .function(name)
                                .orElseThrow(() -> Problem.of(
                                                ProblemCode.FUNCTION_NOT_FOUND,
                                                "the contract describes no function of this name")
                                        .withValue(name)
                                        .exception()),
                        description.schemas()));
    }

    private CompletionStage<ContractDescription> description(SigningIdentity signer, Target target) {
        return lifecycle
                .committed(new LifecycleClient.Caller(signer, target.channel()), target.chaincode())
                .thenCompose(definition -> description(signer, target, definition));
    }

    private CompletionStage<ContractDescription> description(
            SigningIdentity signer, Target target, Optional<QueryChaincodeDefinitionResult> definition) {
        long sequence = definition
                .orElseThrow(() -> Problem.of(
                                ProblemCode.CHAINCODE_NOT_FOUND, "namespace " + target.chaincode() + " is not defined")
                        .withValue(target.chaincode().value())
                        .exception())
                .getSequence();
        Key key = new Key(target, signer.mspId());
        Optional<ContractDescription> known = known(key, sequence);
        return known.<CompletionStage<ContractDescription>>map(CompletableFuture::completedStage)
                .orElseGet(() -> asked(signer, target).thenApply(description -> keep(key, sequence, description)));
    }

    private synchronized Optional<ContractDescription> known(Key key, long sequence) {
        return Optional.ofNullable(kept.get(key))
                .filter(found -> found.sequence() == sequence && clock.instant().isBefore(found.until()))
                .map(Kept::description);
    }

    private synchronized ContractDescription keep(Key key, long sequence, ContractDescription description) {
        kept.put(key, new Kept(sequence, clock.instant().plus(KEPT), description));
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        return description;
    }

    private CompletionStage<ContractDescription> asked(SigningIdentity signer, Target target) {
        Invocation question = new Invocation(ByteString.copyFromUtf8(METADATA), List.of(), Map.of());
        return client.evaluate(signer, target, question).handle((answer, failure) -> {
            if (failure == null) {
                return read(answer.result().bytes());
            }
            Throwable cause = Failures.unwrap(failure);
            if (cause instanceof EndorseException refusal && refusal.kind() == EndorseException.Kind.CHAINCODE) {
                throw unusable("it does not answer " + METADATA);
            }
            throw cause instanceof RuntimeException known ? known : new java.util.concurrent.CompletionException(cause);
        });
    }

    private static ContractDescription read(ByteString metadata) {
        try {
            return MetadataReader.read(metadata.toByteArray());
        } catch (UnusableMetadataException e) {
            throw unusable("what it answers to " + METADATA + " cannot be used: " + e.getMessage());
        }
    }

    private static RuntimeException unusable(String why) {
        return Problem.of(ProblemCode.CONTRACT_NOT_DESCRIBED, why).exception();
    }
}
