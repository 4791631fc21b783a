package org.jangbu.tests.network;

import java.util.concurrent.atomic.AtomicLong;

/** Names that no other test uses. */
public final class Fresh {
    private static final AtomicLong NEXT = new AtomicLong();

    private Fresh() {}

    public static String name(String prefix) {
        return prefix + NEXT.incrementAndGet();
    }
}
