package org.jangbu.ledger.query;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;

/**
 * The JSON objects among the values of a ledger, to be asked by queries. Each call is one query of the database, bounded in rows and time, and
 * sees one height.
 *
 * <p>Throws {@link org.jangbu.ledger.state.StateUnavailableException} if the database does not answer.
 */
public interface Documents {
    /** Where there are none. */
    Documents NONE = (namespace, query, after, most, time) -> {
        throw new QueryException("rich queries are not supported here");
    };

    /**
     * The next answers in the query's order.
     *
     * @param after the document behind which to begin; empty for the first one
     * @param most how many documents are looked at in the database's answer
     * @param time how long the database may take
     * @throws QueryException if it takes longer
     */
    AtHeight<Batch> find(String namespace, MangoQuery query, Optional<Position> after, int most, Duration time)
            throws QueryException;

    /**
     * Some answers.
     *
     * @param answers those that match, in order
     * @param last where the last one looked at stands, whether it matched or not; empty if there was none
     * @param more whether there may be more behind it
     */
    record Batch(List<Answer> answers, Optional<Position> last, boolean more) {
        public Batch {
            answers = List.copyOf(answers);
        }
    }

    /**
     * A document that matches.
     *
     * @param entry its key and what the state holds for it; its value is what {@code fields} leaves of it
     */
    record Answer(WorldState.Entry entry, Position position) {}
}
