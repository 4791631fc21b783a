package org.jangbu.web.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.web.client.ManagedClient.Target;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.junit.jupiter.api.Test;

class ManagedClientTest {
    private static final Target TARGET = new Target(new ChannelId("channel1"), new ChaincodeName("remittance"));
    private static final Invocation TRANSFER = new Invocation(
            ByteString.copyFromUtf8("transfer"),
            List.of(ByteString.copyFromUtf8("A"), ByteString.copyFromUtf8("B")),
            Map.of("note", ByteString.copyFromUtf8("secret")));

    private final TestSigner signer = new TestSigner();
    private final Proposals proposals =
            new Proposals(Clock.fixed(Instant.EPOCH.plusSeconds(1), ZoneOffset.UTC), new SecureRandom());
    private final RecordingGateway gateway = new RecordingGateway();
    private final ManagedClient client = new ManagedClient(gateway, proposals);

    @Test
    void a_proposal_names_its_transaction_by_nonce_and_creator() throws Exception {
        Proposals.Signed signed = proposals.sign(signer, TARGET.channel(), TARGET.chaincode(), TRANSFER);
        ParsedEnvelope parsed = ParsedEnvelope.parse(
                RecordingGateway.envelope(signed.proposal(), List.of()).toByteString());
        assertThat(parsed.signatureHeader().getNonce().size()).isEqualTo(24);
        assertThat(TxId.of(parsed.signatureHeader().getNonce(), signer.serialized()))
                .isEqualTo(signed.txId())
                .isEqualTo(parsed.txId());
        assertThat(signed.proposal().getSignature())
                .isEqualTo(Sha256.of(signed.proposal().getProposalBytes()));
    }

    @Test
    void submits_what_was_endorsed_signed_and_without_transient_data() throws Exception {
        gateway.answers = List.of(RecordingGateway.answer("peer0.org1.example.com", "result"));
        ManagedClient.Submitted submitted = client.submit(signer, TARGET, TRANSFER, Duration.ofSeconds(5))
                .toCompletableFuture()
                .join();
        assertThat(submitted.result().text()).contains("result");
        assertThat(submitted.status().orElseThrow().code()).isEqualTo(TxValidationCode.VALID);
        Envelope sent = Envelope.parseFrom(gateway.submitted.orElseThrow());
        assertThat(sent.getSignature()).isEqualTo(Sha256.of(sent.getPayload()));
        EndorserTransaction transaction =
                EndorserTransaction.parse(ParsedEnvelope.parse(gateway.submitted.orElseThrow()));
        assertThat(transaction.proposalPayload().getTransientMapMap()).isEmpty();
        Proposal proposal = Proposal.parseFrom(gateway.proposed.orElseThrow().getProposalBytes());
        assertThat(ChaincodeProposalPayload.parseFrom(proposal.getPayload()).getTransientMapMap())
                .containsKey("note");
        assertThat(transaction.proposalPayloadBytes()).isEqualTo(ProposalHash.visible(proposal.getPayload()));
    }

    @Test
    void gives_a_signed_transaction_of_each_result_when_endorsers_differ() {
        gateway.answers = List.of(
                RecordingGateway.answer("peer0.org1.example.com", "1"),
                RecordingGateway.answer("peer0.org2.example.com", "2"),
                RecordingGateway.answer("peer1.org1.example.com", "1"));
        ManagedClient.Compared compared =
                client.endorse(signer, TARGET, TRANSFER).toCompletableFuture().join();
        assertThat(compared.answers()).hasSize(3);
        assertThat(compared.choices()).hasSize(2);
        assertThat(compared.choices().get(0).answers())
                .extracting(answer -> answer.node().value())
                .containsExactly("peer0.org1.example.com", "peer1.org1.example.com");
        assertThat(compared.choices())
                .allSatisfy(choice -> assertThat(choice.envelope().getSignature())
                        .isEqualTo(Sha256.of(choice.envelope().getPayload())));
    }

    @Test
    void a_failure_after_endorsement_names_the_transaction() {
        gateway.answers = List.of(RecordingGateway.answer("peer0.org1.example.com", "result"));
        gateway.refusal = Optional.of(new BroadcastException(Status.SERVICE_UNAVAILABLE, "backlog full"));
        assertThatThrownBy(() -> client.submit(signer, TARGET, TRANSFER, Duration.ofSeconds(5))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.UNAVAILABLE);
                    assertThat((String) e.problem().members().get("transactionId"))
                            .hasSize(64);
                });
    }
}
