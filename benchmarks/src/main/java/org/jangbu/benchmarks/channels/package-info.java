/** What many channels on one server cost: time to found one, memory, threads. Begin at {@link org.jangbu.benchmarks.channels.ChannelsCommand}. */
@NullMarked
package org.jangbu.benchmarks.channels;

import org.jspecify.annotations.NullMarked;
