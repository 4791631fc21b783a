/**
 * Fabric's chaincode packages, byte for byte: reading and building them ({@link org.jangbu.chaincode.packaging.ChaincodePackage}), keeping those that are
 * installed ({@link org.jangbu.chaincode.packaging.InstalledPackages}), and which of them may run inside the server
 * ({@link org.jangbu.chaincode.packaging.AllowedPackages}).
 */
@NullMarked
package org.jangbu.chaincode.packaging;

import org.jspecify.annotations.NullMarked;
