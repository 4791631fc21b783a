package org.jangbu.web.client;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/**
 * A call of a chaincode's function.
 *
 * @param transientData seen by the chaincode but never written to the ledger
 */
public record Invocation(ByteString function, List<ByteString> args, Map<String, ByteString> transientData) {
    public Invocation {
        args = List.copyOf(args);
        transientData = Map.copyOf(transientData);
    }
}
