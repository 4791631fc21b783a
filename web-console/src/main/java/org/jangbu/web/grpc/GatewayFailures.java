package org.jangbu.web.grpc;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.jangbu.model.NodeName;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jspecify.annotations.Nullable;

/** Why a gateway could not do it, in the codes and words of Fabric's, which its clients' users search for. */
final class GatewayFailures {
    private static final String EVALUATE = "evaluate call to endorser returned error: ";
    private static final String NOT_EVALUATED = "failed to evaluate transaction, see attached details for more info";
    private static final String NOT_ENDORSED = "failed to endorse transaction, see attached details for more info";
    private static final String NOT_ENOUGH =
            "failed to collect enough transaction endorsements, see attached details for more info";
    private static final String MISMATCH = "ProposalResponsePayloads do not match";

    private final Function<NodeName, String> addresses;

    /** @param addresses of nodes, as others reach them */
    GatewayFailures(Function<NodeName, String> addresses) {
        this.addresses = addresses;
    }

    @Nullable
    StatusRuntimeException ofEvaluate(Throwable failure) {
        if (!(failure instanceof EndorseException e)) {
            return null;
        }
        List<Answer> answers = e.answers();
        if (answers.isEmpty()) {
            return unasked(e, "failed to unpack transaction proposal: ");
        }
        List<ErrorDetail> details = answers.stream().map(this::detail).toList();
        Answer last = answers.get(answers.size() - 1);
        return switch (e.kind()) {
            case MALFORMED, FORBIDDEN, DUPLICATE ->
                GrpcFailure.of(Code.FAILED_PRECONDITION, EVALUATE + e.getMessage(), details);
            case UNAVAILABLE ->
                last.late()
                        ? GrpcFailure.of(Code.DEADLINE_EXCEEDED, "evaluate timeout expired", details)
                        : GrpcFailure.of(Code.ABORTED, NOT_EVALUATED, details);
            default ->
                last.byChaincode()
                        ? GrpcFailure.of(Code.UNKNOWN, EVALUATE + last.words(), details)
                        : GrpcFailure.of(Code.ABORTED, NOT_EVALUATED, details);
        };
    }

    /**
     * Of an endorsement.
     *
     * @param chosen whether the caller has named the organisations, so that there was no first endorser by which the gateway found the others
     */
    @Nullable
    StatusRuntimeException ofEndorse(Throwable failure, boolean chosen) {
        if (!(failure instanceof EndorseException e)) {
            return null;
        }
        List<Answer> answers = e.answers();
        if (answers.isEmpty()) {
            return unasked(e, "");
        }
        Answer first = answers.get(0);
        if (e.kind() == EndorseException.Kind.MISMATCH) {
            return GrpcFailure.of(
                    Code.ABORTED,
                    NOT_ENOUGH,
                    answers.stream()
                            .filter(answer -> !agree(first, answer))
                            .map(answer -> detail(answer, answer.endorsed() ? MISMATCH : answer.words()))
                            .toList());
        }
        List<Answer> refusing =
                answers.stream().filter(answer -> !answer.endorsed()).toList();
        if (!refusing.isEmpty() && refusing.stream().allMatch(Answer::late)) {
            return GrpcFailure.of(
                    Code.DEADLINE_EXCEEDED,
                    "endorsement timeout expired while collecting "
                            + (first.endorsed() || chosen ? "endorsements" : "first endorsement"),
                    refusing.stream().map(this::detail).toList());
        }
        if (!chosen && !first.endorsed()) {
            return GrpcFailure.of(
                    Code.ABORTED,
                    NOT_ENDORSED,
                    answers.stream()
                            .filter(answer ->
                                    !answer.endorsed() && answer.mspId().equals(first.mspId()))
                            .map(this::detail)
                            .toList());
        }
        return GrpcFailure.of(
                Code.ABORTED, NOT_ENOUGH, refusing.stream().map(this::detail).toList());
    }

    /** @param orderer where the envelope was sent, for the details */
    @Nullable
    StatusRuntimeException ofSubmit(Throwable failure, Function<String, ErrorDetail> orderer) {
        if (!(failure instanceof BroadcastException e)) {
            return null;
        }
        Status status = e.status();
        boolean byClient = status.getNumber() >= 400 && status.getNumber() < 500;
        return byClient
                ? GrpcFailure.of(
                        Code.ABORTED,
                        "received unsuccessful response from orderer: status=" + status.name() + ", info="
                                + e.getMessage())
                : GrpcFailure.of(
                        Code.UNAVAILABLE,
                        "no orderers could successfully process transaction",
                        List.of(orderer.apply(String.valueOf(e.getMessage()))));
    }

    @Nullable
    StatusRuntimeException ofCommitStatus(Throwable failure) {
        if (!(failure instanceof EndorseException e)) {
            return null;
        }
        Code code = switch (e.kind()) {
            case NOT_FOUND -> Code.NOT_FOUND;
            case UNAVAILABLE -> Code.UNAVAILABLE;
            default -> Code.ABORTED;
        };
        return GrpcFailure.of(code, String.valueOf(e.getMessage()));
    }

    /** Nobody was asked: the message itself, or the lack of peers, was in the way. */
    private static StatusRuntimeException unasked(EndorseException e, String malformed) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case MALFORMED -> GrpcFailure.of(Code.INVALID_ARGUMENT, malformed + message);
            case UNAVAILABLE -> GrpcFailure.of(Code.UNAVAILABLE, message);
            default -> GrpcFailure.of(Code.FAILED_PRECONDITION, message);
        };
    }

    private static boolean agree(Answer first, Answer other) {
        return other.endorsed()
                && other.response().getPayload().equals(first.response().getPayload());
    }

    private ErrorDetail detail(Answer answer) {
        return detail(answer, answer.words());
    }

    private ErrorDetail detail(Answer answer, String message) {
        return GrpcFailure.detail(
                answer.address().orElseGet(() -> addresses.apply(answer.node())),
                answer.mspId().value(),
                message);
    }
}
