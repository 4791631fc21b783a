/** The numbered messages of a peer's endorsing side. Entry point: {@link org.jangbu.peer.log.EndorsementLog}. */
@NullMarked
package org.jangbu.peer.log;

import org.jspecify.annotations.NullMarked;
