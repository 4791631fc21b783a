package org.jangbu.web.event;

import java.time.Duration;

/**
 * How much readers of events may take.
 *
 * @param streams most at once
 * @param streamsPerCaller most at once of one identity
 * @param bytes most of events that are on their way to readers
 * @param patience how long a reader may take nothing while there is something for it
 * @param keepAlive after so long without an event a comment is sent
 * @param lifetime after so long a reader has to come again
 */
public record EventLimits(
        int streams, int streamsPerCaller, long bytes, Duration patience, Duration keepAlive, Duration lifetime) {}
