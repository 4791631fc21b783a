package org.jangbu.msp.identity;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map that keeps at least the last entries used. Two generations: what is found in the old one moves to the young one; a full
 * young generation becomes the old one, and the old one is dropped. Reads take no lock.
 */
public final class RecentlyUsed<K, V> {
    private final int generationSize;
    private volatile Generations<K, V> generations = new Generations<>(new ConcurrentHashMap<>());

    /** @param generationSize how many entries are kept for sure; at most about twice as many stand at any time */
    public RecentlyUsed(int generationSize) {
        this.generationSize = generationSize;
    }

    /** The value, if it is still here. */
    public @Nullable V get(K key) {
        Generations<K, V> now = generations;
        V value = now.young.get(key);
        if (value != null) {
            return value;
        }
        value = now.old.get(key);
        return value == null ? null : put(key, value);
    }

    /** Puts a value unless there is one, and answers the one that stands. */
    public V put(K key, V value) {
        Generations<K, V> now = generations;
        V earlier = now.young.putIfAbsent(key, value);
        if (earlier != null) {
            return earlier;
        }
        if (now.young.size() >= generationSize) {
            age(now);
        }
        return value;
    }

    /** Forgets a key. */
    public void remove(K key) {
        Generations<K, V> now = generations;
        now.young.remove(key);
        now.old.remove(key);
    }

    /** How many entries stand, for tests and metrics. */
    public int size() {
        Generations<K, V> now = generations;
        return now.young.size() + now.old.size();
    }

    private synchronized void age(Generations<K, V> full) {
        if (generations == full) {
            generations = new Generations<>(full.young);
        }
    }

    private static final class Generations<K, V> {
        final ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
        final ConcurrentHashMap<K, V> old;

        Generations(ConcurrentHashMap<K, V> old) {
            this.old = old;
        }
    }
}
