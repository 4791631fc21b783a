/** Starts the peers with the application and hands them to its other modules. Entry point: {@link org.jangbu.peer.host.ejb.LedgerStartup}. */
@NullMarked
package org.jangbu.peer.host.ejb;

import org.jspecify.annotations.NullMarked;
