/**
 * What a client signs, whether the key is its own or kept by a server: proposals, updates of configurations, and the envelopes around them.
 * Entry points: {@link org.jangbu.msp.client.Proposals}, {@link org.jangbu.msp.client.UpdateSigning}.
 */
@NullMarked
package org.jangbu.msp.client;

import org.jspecify.annotations.NullMarked;
