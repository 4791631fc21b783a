package org.jangbu.peer.endorse;

import org.jangbu.ledger.state.WorldState;
import org.jspecify.annotations.Nullable;

/** Where the results of a query come from, one by one; whatever is handed out counts as read. */
interface QuerySource {
    /** The next entry, or null if there is none. */
    WorldState.@Nullable Entry next();

    /** Where the page after the one that has been handed out begins. */
    String bookmark();
}
