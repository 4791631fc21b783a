/** The peers of this server, put together: opened, connected, asked and closed as one. Entry point: {@link org.jangbu.peer.host.PeerHost}. */
@NullMarked
package org.jangbu.peer.host;

import org.jspecify.annotations.NullMarked;
