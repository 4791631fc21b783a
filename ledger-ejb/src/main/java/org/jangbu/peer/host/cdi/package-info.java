/** Beans that the container makes of plain classes for a host. */
@NullMarked
package org.jangbu.peer.host.cdi;

import org.jspecify.annotations.NullMarked;
