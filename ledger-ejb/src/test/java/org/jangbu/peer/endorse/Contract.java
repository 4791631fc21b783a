package org.jangbu.peer.endorse;

import java.nio.charset.StandardCharsets;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;

/** A contract written as a lambda. */
@FunctionalInterface
public interface Contract extends ChaincodeRuntime {
    @Override
    ChaincodeResult invoke(Invocation invocation, ChaincodeHost host) throws ChaincodeExecutionException;

    @Override
    default void close() {}

    static ChaincodeResult ok(String payload) {
        return answer(200, "", payload);
    }

    static ChaincodeResult answer(int status, String message, String payload) {
        return new ChaincodeResult(status, message, bytes(payload), null);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An argument of the call as text. */
    static String arg(Invocation invocation, int index) {
        return new String(invocation.args().get(index), StandardCharsets.UTF_8);
    }
}
