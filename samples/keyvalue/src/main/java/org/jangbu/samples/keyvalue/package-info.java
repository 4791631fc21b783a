/** A contract that keeps values under keys and does nothing else: for load, and for trying a network. */
@NullMarked
package org.jangbu.samples.keyvalue;

import org.jspecify.annotations.NullMarked;
