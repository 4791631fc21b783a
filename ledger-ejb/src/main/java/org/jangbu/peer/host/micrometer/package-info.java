/** A peer's figures for Micrometer, which WildFly shows to Prometheus. */
@NullMarked
package org.jangbu.peer.host.micrometer;

import org.jspecify.annotations.NullMarked;
