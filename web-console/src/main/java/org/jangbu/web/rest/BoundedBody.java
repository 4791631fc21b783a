package org.jangbu.web.rest;

import java.io.IOException;
import java.io.InputStream;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Reads request bodies that must not be larger than allowed. */
final class BoundedBody {
    private BoundedBody() {}

    /** All bytes of {@code body}; at most {@code limit} are kept in memory before it is refused. */
    static byte[] read(InputStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit);
        if (bytes.length == limit && body.read() >= 0) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    static RuntimeException tooLarge(long limit) {
        return Problem.of(ProblemCode.BODY_TOO_LARGE, "at most " + limit + " bytes are taken here")
                .with("limit", limit)
                .exception();
    }
}
