/** Doors and what they know of revocations, for the application server's beans. Entry point: {@link org.jangbu.msp.membership.jakarta.RevocationsProducer}. */
@NullMarked
package org.jangbu.msp.membership.jakarta;

import org.jspecify.annotations.NullMarked;
