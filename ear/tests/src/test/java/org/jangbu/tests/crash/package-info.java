/**
 * A server that is killed at the worst moments. {@link org.jangbu.tests.crash.CrashIT} loads it, stops it at a named step ({@link
 * org.jangbu.tests.crash.CrashStep}), kills it, starts it again, and compares what clients were told with what the nodes have written.
 */
@NullMarked
package org.jangbu.tests.crash;

import org.jspecify.annotations.NullMarked;
