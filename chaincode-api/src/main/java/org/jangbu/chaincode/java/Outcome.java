package org.jangbu.chaincode.java;

import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jspecify.annotations.Nullable;

/**
 * How an invocation ended. Holds nothing of the contract's own classes, not even an exception: that would keep its class loader in memory.
 *
 * @param result the answer, or null if there is none
 * @param failure why there is none
 * @param hostFailure what the peer failed with, if it was the peer
 */
record Outcome(
        @Nullable ChaincodeResult result,
        String failure,
        @Nullable Throwable hostFailure) {
    static Outcome answered(ChaincodeResult result) {
        return new Outcome(result, "", null);
    }

    static Outcome ended(String verdict, @Nullable Throwable hostFailure) {
        return new Outcome(null, verdict, hostFailure);
    }

    /** In words for the caller: an exhausted stack or heap, or a plain chaincode's own exception. */
    static Outcome threw(Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return ended("it overflowed its stack", null);
        }
        if (thrown instanceof OutOfMemoryError) {
            return ended("it ran out of memory", null);
        }
        return ended("it threw " + Failure.describe(thrown), null);
    }

    ChaincodeResult resultOf(String packageId) throws ChaincodeExecutionException {
        if (result != null) {
            return result;
        }
        String message = "The chaincode " + packageId + " gave no answer: " + failure;
        throw hostFailure == null
                ? new ChaincodeExecutionException(message)
                : new ChaincodeExecutionException(message, hostFailure);
    }
}
