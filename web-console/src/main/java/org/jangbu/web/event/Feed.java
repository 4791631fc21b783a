package org.jangbu.web.event;

import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.block.Growth;

/** What one stream tells, block by block. For one thread at a time. */
public interface Feed {
    /** What the next block has to tell, often nothing; empty if it does not exist yet. */
    Optional<List<SentEvent>> poll();

    /** Has {@code wake} called when there may be a further block. */
    Growth.Registration follow(Runnable wake);

    /** Why the reader may not go on; empty if nothing speaks against it. */
    Optional<String> lapse();
}
