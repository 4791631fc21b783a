/** Runs Java contracts in this process: one child-first class loader per deployed package, and a guard against runaways. */
@NullMarked
package org.jangbu.chaincode.java;

import org.jspecify.annotations.NullMarked;
