package org.jangbu.chaincode.plugin;

import java.util.List;
import java.util.Optional;

/**
 * The channel's public state as all blocks before the one that is judged have left it. Good for as long as the call lasts.
 *
 * <p>Where the state cannot be read just now, these methods throw {@link IllegalStateException}; whatever the plug-in answers then, the peer
 * asks again later.
 */
public interface StateView {
    /** Most entries of one {@link #range}. */
    int MOST_ENTRIES = 1000;

    /** The value of a key. */
    Optional<byte[]> get(String namespace, String key);

    /**
     * The first entries from {@code start} on and before {@code end}, in the order of the keys' UTF-8 bytes.
     *
     * @param end empty for the end of the namespace
     * @param limit at most {@link #MOST_ENTRIES}
     * @throws IllegalArgumentException if the limit is larger, or not positive
     */
    List<StateEntry> range(String namespace, String start, String end, int limit);
}
