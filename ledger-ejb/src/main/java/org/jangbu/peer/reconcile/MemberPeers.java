package org.jangbu.peer.reconcile;

import java.util.List;
import java.util.stream.Stream;
import org.jangbu.peer.endorse.JoinedChannel;

/** Whom a peer can ask for private data that it lacks. */
@FunctionalInterface
public interface MemberPeers {
    /**
     * The other peers of a channel, those to be asked first in front.
     *
     * @param channel as the asking peer has joined it
     */
    List<MemberPeer> of(JoinedChannel channel);

    /** These, and behind them those. */
    default MemberPeers and(MemberPeers others) {
        return channel ->
                Stream.concat(of(channel).stream(), others.of(channel).stream()).toList();
    }
}
