/**
 * Fabric's chaincode packages, byte for byte: reading and building them ({@link org.jangbu.chaincode.packaging.ChaincodePackage}), keeping those that are
 * installed ({@link org.jangbu.chaincode.packaging.InstalledPackages}), which of them may run inside the server
 * ({@link org.jangbu.chaincode.packaging.AllowedPackages}), and which services it may call ({@link org.jangbu.chaincode.packaging.AllowedServices}).
 */
@NullMarked
package org.jangbu.chaincode.packaging;

import org.jspecify.annotations.NullMarked;
