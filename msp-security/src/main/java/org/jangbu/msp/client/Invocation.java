package org.jangbu.msp.client;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/**
 * A call of a chaincode's function.
 *
 * @param transientData seen by the chaincode but never written to the ledger
 * @param init whether this is the one call that initialises a chaincode whose definition asks for it
 */
public record Invocation(
        ByteString function, List<ByteString> args, Map<String, ByteString> transientData, boolean init) {
    public Invocation {
        args = List.copyOf(args);
        transientData = Map.copyOf(transientData);
    }

    /** An ordinary call. */
    public Invocation(ByteString function, List<ByteString> args, Map<String, ByteString> transientData) {
        this(function, args, transientData, false);
    }
}
