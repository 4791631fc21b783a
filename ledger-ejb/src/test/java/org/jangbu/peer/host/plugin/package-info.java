/** A plug-in for tests; it is packed into a jar and run from there. */
@NullMarked
package org.jangbu.peer.host.plugin;

import org.jspecify.annotations.NullMarked;
