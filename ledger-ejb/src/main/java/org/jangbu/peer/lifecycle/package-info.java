/** Chaincode definitions as {@code _lifecycle} state in Fabric's format: who may endorse what. */
@NullMarked
package org.jangbu.peer.lifecycle;

import org.jspecify.annotations.NullMarked;
