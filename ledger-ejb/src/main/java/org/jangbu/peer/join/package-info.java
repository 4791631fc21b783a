/**
 * How an administrator has the peers of this server join channels while they run. Entry point: {@link org.jangbu.peer.join.PeerChannels};
 * the host of the peers implements it, the system chaincode {@code cscc} and the faces call it.
 */
@NullMarked
package org.jangbu.peer.join;

import org.jspecify.annotations.NullMarked;
