package org.jangbu.peer.deliver;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Hashes of the newest committed blocks, so that one that arrives again is known without reading files. Not thread-safe. */
final class RecentHashes {
    private static final int MOST = 1024;

    private final Set<ByteString> hashes = Collections.newSetFromMap(new Bounded());

    void add(ByteString hash) {
        hashes.add(hash);
    }

    boolean contains(ByteString hash) {
        return hashes.contains(hash);
    }

    private static final class Bounded extends LinkedHashMap<ByteString, Boolean> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Boolean> eldest) {
            return size() > MOST;
        }
    }
}
