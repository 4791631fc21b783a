package org.jangbu.web.problem;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.web.view.Content;
import org.jangbu.web.view.EndorserAnswerView;

/** Words failures as problems: those of the gateway, and those of a server that lacks a part of itself for a while. */
public final class Failures {
    /** More causes than anything has; an exception may be its own cause's cause. */
    private static final int DEEPEST = 20;

    private Failures() {}

    /** The problem behind an exception, if it is one that a caller is to be told of; empty for what is broken in the server. */
    public static Optional<Problem> known(Throwable failure) {
        return causes(failure).map(Failures::told).flatMap(Optional::stream).findFirst();
    }

    /**
     * The problem behind an exception that time may heal: the database is away, a ledger cannot be read for the moment, the server is
     * stopping and takes no more work. The ledger's own words are fit for a caller, a driver's are not.
     */
    public static Optional<Problem> passing(Throwable failure) {
        if (causes(failure).noneMatch(Failures::mayPass)) {
            return Optional.empty();
        }
        String detail = causes(failure)
                .filter(StateUnavailableException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .findFirst()
                .orElse("a part of the server is away");
        return Optional.of(Problem.of(ProblemCode.UNAVAILABLE, detail));
    }

    /** The same for a failure that is known to concern one transaction, whose id is added where it is missing. */
    public static Throwable about(TxId txId, Throwable failure) {
        Throwable cause = unwrap(failure);
        return known(cause)
                .filter(problem -> !problem.members().containsKey("transactionId"))
                .<Throwable>map(
                        problem -> problem.with("transactionId", txId.value()).exception())
                .orElse(cause);
    }

    /** What a future failed with, without the wrapping that futures add. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Why a proposal was not endorsed, with what each endorser answered. */
    public static Problem of(EndorseException failure) {
        ProblemCode code = switch (failure.kind()) {
            case MALFORMED -> ProblemCode.MALFORMED_MESSAGE;
            case FORBIDDEN -> ProblemCode.ACCESS_DENIED;
            case NOT_FOUND -> ProblemCode.CHAINCODE_NOT_FOUND;
            case DUPLICATE -> ProblemCode.DUPLICATE_TRANSACTION;
            case CHAINCODE -> ProblemCode.CHAINCODE_ERROR;
            case MISMATCH -> ProblemCode.ENDORSEMENT_MISMATCH;
            case UNSATISFIED -> ProblemCode.POLICY_UNSATISFIED;
            case UNAVAILABLE -> ProblemCode.UNAVAILABLE;
        };
        Problem problem = Problem.of(code, text(failure));
        if (!failure.txId().value().isEmpty()) {
            problem = problem.with("transactionId", failure.txId().value());
        }
        if (code == ProblemCode.CHAINCODE_ERROR) {
            Optional<Response> refused = refusal(failure.answers());
            if (refused.isPresent()) {
                problem = problem.with("chaincode", ChaincodeRefusal.of(refused.get()));
            }
        }
        return failure.answers().isEmpty()
                ? problem
                : problem.with(
                        "endorsements",
                        failure.answers().stream().map(EndorserAnswerView::of).toList());
    }

    /** Why the ordering service did not take an envelope. */
    public static Problem of(BroadcastException failure) {
        if (failure.getCause() instanceof ConfigUpdateException refused) {
            return of(refused);
        }
        ProblemCode code = switch (failure.status()) {
            case BAD_REQUEST -> ProblemCode.MALFORMED_MESSAGE;
            case FORBIDDEN -> ProblemCode.ACCESS_DENIED;
            case NOT_FOUND -> ProblemCode.CHANNEL_NOT_FOUND;
            case REQUEST_ENTITY_TOO_LARGE -> ProblemCode.ENVELOPE_TOO_LARGE;
            case SERVICE_UNAVAILABLE -> ProblemCode.UNAVAILABLE;
            default -> ProblemCode.INTERNAL_ERROR;
        };
        return Problem.of(code, text(failure))
                .with("broadcastStatus", failure.status().name());
    }

    /** Why a configuration update is refused. */
    public static Problem of(ConfigUpdateException failure) {
        return Problem.of(ProblemCode.CONFIG_UPDATE_REFUSED, text(failure));
    }

    private static Optional<Problem> told(Throwable cause) {
        if (cause instanceof ProblemException e) {
            return Optional.of(e.problem());
        }
        if (cause instanceof EndorseException e) {
            return Optional.of(of(e));
        }
        if (cause instanceof BroadcastException e) {
            return Optional.of(of(e));
        }
        if (cause instanceof ConfigUpdateException e) {
            return Optional.of(of(e));
        }
        return Optional.empty();
    }

    private static boolean mayPass(Throwable cause) {
        return cause instanceof SQLException
                || cause instanceof RejectedExecutionException
                || (cause instanceof StateUnavailableException e && e.isTransient())
                || (cause instanceof LedgerException l && l.isTransient());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    private static Optional<Response> refusal(List<EndorseException.Answer> answers) {
        return answers.stream()
                .map(answer -> answer.response().getResponse())
                .filter(response -> response.getStatus() >= 400)
                .findFirst();
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }

    /** A chaincode's own answer of status 400 and above. */
    public record ChaincodeRefusal(int status, String message, Content payload) {
        static ChaincodeRefusal of(Response response) {
            return new ChaincodeRefusal(
                    response.getStatus(), response.getMessage(), new Content(response.getPayload()));
        }
    }
}
