package org.jangbu.chaincode.java;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** What a contract threw, in words: an exception itself would keep the contract's class loader in memory. */
final class Failure {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_CAUSES = 16;
    private static final String CONTRACT_RUNTIME = "org.hyperledger.fabric.contract.ContractRuntimeException";

    private Failure() {}

    /** On one line, the exception of the contract, not those that reflection and the shim put around it. Runs the contract's code. */
    static String describe(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        try {
            String text = String.valueOf(cause);
            return text.substring(0, Math.min(text.length(), MAX_LENGTH)).replaceAll("\\p{Cntrl}", " ");
        } catch (Throwable again) { // it cannot even say what it is
            return cause.getClass().getName();
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof InvocationTargetException
                || thrown.getClass().getName().equals(CONTRACT_RUNTIME);
        return wrapper && cause != null ? cause : thrown;
    }

    /** Whether a class of the contract could not be initialised: the JVM never tries again, so only a new class loader helps. */
    static boolean losesClass(Throwable thrown) {
        @Nullable Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof ExceptionInInitializerError || isUninitialised(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isUninitialised(Throwable thrown) {
        return thrown instanceof NoClassDefFoundError
                && String.valueOf(thrown.getMessage()).startsWith("Could not initialize class");
    }
}
