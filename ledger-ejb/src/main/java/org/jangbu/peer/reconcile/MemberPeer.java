package org.jangbu.peer.reconcile;

import java.util.List;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.MissingSet;

/** Another peer of a channel that may have what this one lacks: of this server or of another. */
public interface MemberPeer {
    /** How the log calls it. */
    String name();

    /** Whether its organisation is a member of a collection, so that asking makes sense. */
    boolean isMember(CollectionName collection);

    /**
     * Asks for sets. It may tell some of them, or anything else; whoever asks measures all by its own blocks.
     *
     * @throws PeerSilentException if it gives no answer
     */
    List<ToldSet> tell(List<MissingSet> sets) throws PeerSilentException;
}
