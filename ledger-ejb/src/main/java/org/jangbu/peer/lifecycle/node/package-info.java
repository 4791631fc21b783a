/**
 * A node's own part in the lifecycle of chaincodes: what its operator approved, which packages may run, and the system chaincode that endorses definitions. Entry points: {@link
 * org.jangbu.peer.lifecycle.node.LifecycleChaincode}, {@link org.jangbu.peer.lifecycle.node.PeerChaincodes}.
 */
@NullMarked
package org.jangbu.peer.lifecycle.node;

import org.jspecify.annotations.NullMarked;
