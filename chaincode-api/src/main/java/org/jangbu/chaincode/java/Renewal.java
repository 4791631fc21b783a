package org.jangbu.chaincode.java;

/** Loads a package again from its code, as at first. */
@FunctionalInterface
interface Renewal {
    Deployment load() throws ChaincodeDeployException;
}
