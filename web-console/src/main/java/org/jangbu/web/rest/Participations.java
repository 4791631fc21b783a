package org.jangbu.web.rest;

import org.jangbu.ordering.participation.ParticipationException;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;

/** What orderers refuse, as problems. */
final class Participations {
    private Participations() {}

    static ProblemException problem(ParticipationException refused) {
        ProblemCode code = switch (refused.kind()) {
            case NOT_FOUND, AMBIGUOUS -> ProblemCode.INVALID_PARAMETER;
            case UNUSABLE_BLOCK, JOINED_ALREADY -> ProblemCode.BAD_REQUEST;
            case REFUSED_UPDATE -> ProblemCode.CONFIG_UPDATE_REFUSED;
            case DENIED -> ProblemCode.FORBIDDEN;
            case UNAVAILABLE -> ProblemCode.UNAVAILABLE;
        };
        return Problem.of(code, String.valueOf(refused.getMessage())).exception();
    }
}
