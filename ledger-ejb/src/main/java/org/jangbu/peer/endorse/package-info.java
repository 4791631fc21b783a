/** From a signed proposal to an endorsement: the checks, the simulation, the read/write set and its signature. */
@NullMarked
package org.jangbu.peer.endorse;

import org.jspecify.annotations.NullMarked;
