package org.jangbu.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.web.client.LifecycleClient;
import org.jangbu.web.client.ManagedClient;
import org.jangbu.web.problem.Failures;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.junit.jupiter.api.Test;

class ContractDescriptionsTest {
    private static final ManagedClient.Target TARGET =
            new ManagedClient.Target(new ChannelId("channel1"), new ChaincodeName("asset"));

    private final SettableClock clock = new SettableClock();
    private final ManagedClient client =
            new ManagedClient(gateway(), new Proposals(Clock.systemUTC(), new SecureRandom()));
    private final ContractDescriptions descriptions =
            new ContractDescriptions(client, new LifecycleClient(client), clock);

    private String metadata = Metadata.json("java");
    private long sequence = 1;
    private int asked;
    private boolean allowed = true;

    @Test
    void a_contract_is_asked_once_for_each_definition_and_organisation() throws Exception {
        assertThat(document("Org1MSP")).contains("functions/create");
        document("Org1MSP");
        assertThat(asked).isEqualTo(1);
        document("Org2MSP");
        assertThat(asked).as("whose peers may run another package").isEqualTo(2);

        sequence = 2;
        metadata = Metadata.json("go");
        assertThat(document("Org1MSP")).contains("functions/CreateAsset").doesNotContain("functions/create\"");
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void a_service_that_was_exchanged_is_noticed_within_a_minute() throws Exception {
        document("Org1MSP");
        metadata = Metadata.json("go");
        clock.now = clock.now.plus(Duration.ofSeconds(59));
        assertThat(document("Org1MSP")).contains("functions/create\"");
        clock.now = clock.now.plus(Duration.ofSeconds(2));
        assertThat(document("Org1MSP")).contains("functions/CreateAsset");
    }

    @Test
    void what_is_known_is_told_to_nobody_who_may_not_ask() throws Exception {
        document("Org1MSP");
        allowed = false;
        assertThat(catchThrowable(() -> document("Org1MSP"))).hasRootCauseMessage("access denied");
    }

    @Test
    void functions_that_are_not_described_are_not_found() {
        assertThat(code(() -> descriptions
                        .function(new Signer("Org1MSP"), TARGET, "steal")
                        .toCompletableFuture()
                        .get()))
                .isEqualTo(ProblemCode.FUNCTION_NOT_FOUND);
    }

    @Test
    void a_contract_that_says_nothing_useful_is_told_so() {
        metadata = "hello";
        assertThat(code(() -> document("Org1MSP"))).isEqualTo(ProblemCode.CONTRACT_NOT_DESCRIBED);
    }

    private static ProblemCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable failure = Failures.unwrap(catchThrowable(call));
        assertThat(failure).isInstanceOf(ProblemException.class);
        return ((ProblemException) failure).problem().code();
    }

    private String document(String organization) throws Exception {
        return new String(
                descriptions
                        .document(new Signer(organization), TARGET)
                        .toCompletableFuture()
                        .get(),
                StandardCharsets.UTF_8);
    }

    /** Answers what {@code _lifecycle} and the contract would. */
    private Gateway gateway() {
        return (Gateway) Proxy.newProxyInstance(
                Gateway.class.getClassLoader(), new Class<?>[] {Gateway.class}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    assertThat(method.getName()).isEqualTo("evaluate");
                    return evaluated((SignedProposal) arguments[0]);
                });
    }

    private CompletionStage<ProposalResponse> evaluated(SignedProposal signed) throws InvalidProtocolBufferException {
        if (!allowed) {
            return CompletableFuture.failedStage(new IllegalStateException("access denied"));
        }
        Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
        List<ByteString> args = ChaincodeInvocationSpec.parseFrom(
                        ChaincodeProposalPayload.parseFrom(proposal.getPayload())
                                .getInput())
                .getChaincodeSpec()
                .getInput()
                .getArgsList();
        if (args.get(0).toStringUtf8().equals("QueryChaincodeDefinition")) {
            return answered(QueryChaincodeDefinitionResult.newBuilder()
                    .setSequence(sequence)
                    .build()
                    .toByteString());
        }
        asked++;
        return answered(ByteString.copyFromUtf8(metadata));
    }

    private static CompletionStage<ProposalResponse> answered(ByteString result) {
        Response response =
                Response.newBuilder().setStatus(200).setPayload(result).build();
        return CompletableFuture.completedStage(ProposalResponse.newBuilder()
                .setResponse(response)
                .setPayload(ProposalResponsePayload.newBuilder()
                        .setExtension(ChaincodeAction.newBuilder()
                                .setResponse(response)
                                .build()
                                .toByteString())
                        .build()
                        .toByteString())
                .build());
    }

    private record Signer(MspId mspId) implements SigningIdentity {
        Signer(String organization) {
            this(new MspId(organization));
        }

        @Override
        public X509Certificate certificate() {
            throw new UnsupportedOperationException("has none");
        }

        @Override
        public ByteString serialized() {
            return ByteString.copyFromUtf8(mspId.value());
        }

        @Override
        public ByteString sign(ByteString... message) {
            return ByteString.EMPTY;
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
