package org.jangbu.ledger.query;

import java.util.Collection;
import java.util.Set;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.IndexDefinition;

/** The indexes by which the documents of a ledger are found. They change what a query costs, and nothing that it answers. */
public interface QueryIndexes {
    /** Where there are none and none are made. */
    QueryIndexes NONE = new QueryIndexes() {
        @Override
        public void make(String namespace, Collection<IndexDefinition> wanted) {
            // All queries look at all documents.
        }

        @Override
        public Set<FieldPath> indexed(String namespace) {
            return Set.of();
        }
    };

    /**
     * Makes those that are not there, one after the other, which may take minutes; blocks are committed meanwhile. What an earlier call left
     * half made is made anew. Called by one thread at a time.
     *
     * @throws org.jangbu.ledger.state.StateUnavailableException if the database fails; call it again later
     */
    void make(String namespace, Collection<IndexDefinition> wanted);

    /** The fields of the indexes of a namespace that are ready; what was made elsewhere shows after some seconds. */
    Set<FieldPath> indexed(String namespace);
}
