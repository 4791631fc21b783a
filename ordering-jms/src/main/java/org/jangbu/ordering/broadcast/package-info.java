/**
 * The orderer's door: envelopes are judged by size, form, expiry and the channel's Writers policy, and travel together in batches. Entry
 * point: {@link org.jangbu.ordering.broadcast.Broadcaster}.
 */
@NullMarked
package org.jangbu.ordering.broadcast;

import org.jspecify.annotations.NullMarked;
