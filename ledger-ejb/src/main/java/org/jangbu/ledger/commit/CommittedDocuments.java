package org.jangbu.ledger.commit;

import java.time.Duration;
import java.util.Optional;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.CommittedHeight;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.jangbu.model.query.QueryException;

/** Documents that are given out only when the height that they are of has been published, like what is read from the world state. */
record CommittedDocuments(Documents documents, CommittedHeight height) implements Documents {
    @Override
    public AtHeight<Batch> find(String namespace, MangoQuery query, Optional<Position> after, int most, Duration time)
            throws QueryException {
        AtHeight<Batch> found = documents.find(namespace, query, after, most, time);
        height.await(found.height());
        return found;
    }
}
