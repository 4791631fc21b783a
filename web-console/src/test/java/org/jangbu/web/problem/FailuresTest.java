package org.jangbu.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jangbu.web.problem.Failures.ChaincodeRefusal;
import org.jangbu.web.view.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    private static final TxId TX = new TxId("ab".repeat(32));

    @ParameterizedTest
    @CsvSource({
        "MALFORMED, 400, malformed-message",
        "FORBIDDEN, 403, access-denied",
        "NOT_FOUND, 404, chaincode-not-found",
        "DUPLICATE, 409, duplicate-transaction",
        "CHAINCODE, 422, chaincode-error",
        "MISMATCH, 409, endorsement-mismatch",
        "UNSATISFIED, 409, policy-unsatisfied",
        "UNAVAILABLE, 503, unavailable",
    })
    void words_each_way_a_proposal_can_fail(EndorseException.Kind kind, int status, String code) {
        Problem problem = Failures.of(new EndorseException(kind, TX, "because", List.of()));
        assertThat(problem.code().status()).isEqualTo(status);
        assertThat(problem.code().text()).isEqualTo(code);
        assertThat(problem.detail()).isEqualTo("because");
        assertThat(problem.members()).containsEntry("transactionId", TX.value());
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, 400",
        "FORBIDDEN, 403",
        "NOT_FOUND, 404",
        "REQUEST_ENTITY_TOO_LARGE, 413",
        "SERVICE_UNAVAILABLE, 503",
        "INTERNAL_SERVER_ERROR, 500",
    })
    void words_each_answer_of_the_ordering_service(Status broadcast, int status) {
        Problem problem = Failures.of(new BroadcastException(broadcast, "because"));
        assertThat(problem.code().status()).isEqualTo(status);
        assertThat(problem.members()).containsEntry("broadcastStatus", broadcast.name());
    }

    @Test
    void gives_the_chaincodes_own_words_and_what_each_endorser_answered() {
        Answer refusal = new Answer(
                new NodeName("peer0.org1.example.com"),
                new MspId("Org1MSP"),
                ProposalResponse.newBuilder()
                        .setResponse(Response.newBuilder()
                                .setStatus(500)
                                .setMessage("not enough money")
                                .setPayload(ByteString.copyFromUtf8("INSUFFICIENT")))
                        .build());
        Problem problem = Failures.of(
                new EndorseException(EndorseException.Kind.CHAINCODE, TX, "chaincode refused", List.of(refusal)));
        assertThat(problem.members().get("chaincode"))
                .isEqualTo(new ChaincodeRefusal(
                        500, "not enough money", new Content(ByteString.copyFromUtf8("INSUFFICIENT"))));
        assertThat((List<?>) problem.members().get("endorsements")).hasSize(1);
    }

    @Test
    void adds_the_transaction_to_a_failure_that_does_not_name_it() {
        Throwable failure = new CompletionException(new BroadcastException(Status.SERVICE_UNAVAILABLE, "backlog full"));
        assertThat(Failures.known(Failures.about(TX, failure)).orElseThrow().members())
                .containsEntry("transactionId", TX.value());
    }

    @Test
    void leaves_a_broken_server_to_the_log() {
        IllegalStateException broken = new IllegalStateException("bug");
        assertThat(Failures.known(broken)).isEmpty();
        assertThat(Failures.about(TX, new CompletionException(broken))).isSameAs(broken);
    }

    @Test
    void tells_what_time_may_heal_from_what_is_broken() {
        Throwable away = new CompletionException(new IllegalStateException(new SQLException("connection refused")));
        assertThat(Failures.passing(away).orElseThrow().code().status()).isEqualTo(503);
        assertThat(Failures.passing(away).orElseThrow().detail()).doesNotContain("refused");
        assertThat(Failures.passing(new RejectedExecutionException("stopping"))).isPresent();
        assertThat(Failures.passing(new StateUnavailableException("the state cannot be read now", true))
                        .orElseThrow())
                .extracting(Problem::detail)
                .isEqualTo("the state cannot be read now");
        assertThat(Failures.passing(new StateUnavailableException("too long", false)))
                .isEmpty();
        assertThat(Failures.passing(new IllegalStateException("bug"))).isEmpty();
    }

    @Test
    void codes_are_distinct_and_found_by_their_text() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::text)).doesNotHaveDuplicates();
        assertThat(ProblemCode.of("chaincode-error")).contains(ProblemCode.CHAINCODE_ERROR);
        assertThat(ProblemCode.ofStatus(418)).isEqualTo(ProblemCode.BAD_REQUEST);
    }
}
