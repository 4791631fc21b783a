/**
 * Unit tests for contracts, without a network or a server: {@link org.jangbu.chaincode.testkit.ContractKit} runs a contract in the runtime that a server
 * uses, guard included, on a ledger in memory that keeps Fabric's rules.
 */
@NullMarked
package org.jangbu.chaincode.testkit;

import org.jspecify.annotations.NullMarked;
