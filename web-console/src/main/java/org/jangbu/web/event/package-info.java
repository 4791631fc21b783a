/**
 * Events of channels to readers that come by HTTP, as server-sent events. Each reader is written to when it has room, by a thread that it does not keep;
 * what it has not taken is bounded, and it can go on elsewhere, later, where it stopped. Entry point: {@link org.jangbu.web.event.EventStreams}.
 */
@NullMarked
package org.jangbu.web.event;

import org.jspecify.annotations.NullMarked;
