package org.jangbu.msp.membership;

/** Where this server learns of revocations before they stand in a channel's configuration: files, or a CA. Safe for many threads. */
@FunctionalInterface
public interface RevocationSource {
    /** Knows nothing. */
    RevocationSource NONE = () -> RevocationNews.NONE;

    /** What is known now; the same object for as long as nothing changes. Called for every message that comes in: never slow. */
    RevocationNews current();
}
