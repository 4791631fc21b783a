package org.jangbu.chaincode.java.bridge;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.shim.Chaincode;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * The door between the server and one deployed contract: runs an invocation. Made of JDK and SPI types, because the server shares no others with
 * the contract.
 */
public final class ContractBridge implements BiFunction<Invocation, ChaincodeHost, ChaincodeResult> {
    /** Key of the names of contract classes; the following name other kinds. */
    public static final String CONTRACTS = "contracts";

    public static final String DATA_TYPES = "dataTypes";
    public static final String SERIALIZERS = "serializers";
    public static final String CHAINCODES = "chaincodes";

    private static final byte[] NOTHING = {};

    private final Chaincode chaincode;
    private final String localMspId;

    /**
     * Loads and initialises the contract's classes.
     *
     * @param classes names of what the server found in the package, by kind
     * @param localMspId what contracts read as the peer's MSP id
     * @param failures told what a contract threw although it was not meant for its caller
     */
    public ContractBridge(Map<String, List<String>> classes, String localMspId, Consumer<Throwable> failures)
            throws ReflectiveOperationException {
        this.localMspId = localMspId;
        List<String> chaincodes = classes.getOrDefault(CHAINCODES, List.of());
        this.chaincode = chaincodes.isEmpty()
                ? ContractDispatcher.of(classes, failures)
                : Classes.load(chaincodes.get(0), Chaincode.class)
                        .getDeclaredConstructor()
                        .newInstance();
    }

    @Override
    public ChaincodeResult apply(Invocation invocation, ChaincodeHost host) {
        InvocationStub stub = new InvocationStub(invocation, host, localMspId);
        Chaincode.Response response = invocation.init() ? chaincode.init(stub) : chaincode.invoke(stub);
        if (response == null) {
            throw new IllegalStateException("the chaincode returned no response");
        }
        return new ChaincodeResult(
                response.getStatusCode(),
                orEmpty(response.getMessage()),
                orNothing(response.getPayload()),
                event(stub.getEvent()));
    }

    private static ChaincodeResult.@Nullable Event event(@Nullable ChaincodeEvent event) {
        return event == null
                ? null
                : new ChaincodeResult.Event(
                        event.getEventName(), event.getPayload().toByteArray());
    }

    private static String orEmpty(@Nullable String message) {
        return message == null ? "" : message;
    }

    private static byte[] orNothing(byte @Nullable [] payload) {
        return payload == null ? NOTHING : payload;
    }
}
