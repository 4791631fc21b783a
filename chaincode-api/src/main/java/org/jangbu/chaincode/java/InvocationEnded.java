package org.jangbu.chaincode.java;

/**
 * Unwinds the contract's stack after its invocation was ended. An error, so that contracts that catch exceptions do not stop it; those that catch
 * everything meet it again at their next step.
 */
final class InvocationEnded extends Error {
    InvocationEnded(String verdict) {
        super(verdict, null, false, false);
    }
}
