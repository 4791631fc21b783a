/**
 * The side of the Java runtime that lives inside a contract's own class loader, next to Fabric's chaincode shim. Compiled against the shim here,
 * but defined anew from its class bytes for each deployed package, so that the server itself needs no shim. Nothing in it may refer to a type of
 * the server other than {@code org.jangbu.chaincode.spi}. Entry point: {@link org.jangbu.chaincode.java.bridge.ContractBridge}.
 */
@NullMarked
package org.jangbu.chaincode.java.bridge;

import org.jspecify.annotations.NullMarked;
