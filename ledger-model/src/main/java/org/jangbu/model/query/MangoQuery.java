package org.jangbu.model.query;

import java.util.List;
import java.util.Optional;

/**
 * A query as a contract states it.
 *
 * @param selector what is asked of a document
 * @param sort by which fields the answers are ordered; by their keys alone if there are none
 * @param descending whether backwards, which goes for all fields and the keys
 * @param fields what is wanted of each document; empty for its value as it is
 * @param skip how many answers are left out first
 * @param bookmark where to begin; empty for the first answer
 */
public record MangoQuery(
        Condition selector,
        List<FieldPath> sort,
        boolean descending,
        Optional<List<FieldPath>> fields,
        int skip,
        String bookmark) {
    public MangoQuery {
        sort = List.copyOf(sort);
        fields = fields.map(List::copyOf);
    }

    /**
     * Reads a query's text: {@code {"selector": …}} and what may stand beside it. {@code limit} is read and not honoured, as in Fabric, where
     * pages are the way to ask for less; {@code use_index} is read and left to the database to decide.
     */
    public static MangoQuery parse(String text) throws QueryException {
        return QueryReader.read(text);
    }

    /** Where a page of this query begins that a bookmark names; empty for the first one. */
    public Optional<Position> position(String bookmark) throws QueryException {
        return bookmark.isEmpty() ? Optional.empty() : Optional.of(Position.of(bookmark, sort.size()));
    }
}
