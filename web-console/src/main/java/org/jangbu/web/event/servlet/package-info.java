/**
 * Streams of events written to readers when they have room, by threads that they do not keep; what a reader has not taken is bounded. Entry point: {@link
 * org.jangbu.web.event.servlet.EventStreams}.
 */
@NullMarked
package org.jangbu.web.event.servlet;

import org.jspecify.annotations.NullMarked;
