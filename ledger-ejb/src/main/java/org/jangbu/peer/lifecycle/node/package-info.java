/**
 * A node's own part in the lifecycle of chaincodes: its packages, what its organisation approved, and the system chaincode that installs, approves and commits. Entry points: {@link
 * org.jangbu.peer.lifecycle.node.LifecycleChaincode}, {@link org.jangbu.peer.lifecycle.node.PeerChaincodes}.
 */
@NullMarked
package org.jangbu.peer.lifecycle.node;

import org.jspecify.annotations.NullMarked;
