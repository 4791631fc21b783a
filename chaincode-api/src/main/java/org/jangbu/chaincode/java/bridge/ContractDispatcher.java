package org.jangbu.chaincode.java.bridge;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.ContractRuntimeException;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.contract.execution.ExecutionFactory;
import org.hyperledger.fabric.contract.execution.ExecutionService;
import org.hyperledger.fabric.contract.execution.InvocationRequest;
import org.hyperledger.fabric.contract.metadata.MetadataBuilder;
import org.hyperledger.fabric.contract.routing.ContractDefinition;
import org.hyperledger.fabric.contract.routing.RoutingRegistry;
import org.hyperledger.fabric.contract.routing.TxFunction;
import org.hyperledger.fabric.contract.routing.TypeRegistry;
import org.hyperledger.fabric.contract.routing.impl.RoutingRegistryImpl;
import org.hyperledger.fabric.contract.systemcontract.SystemContract;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ResponseUtils;

/**
 * Routes an invocation to a transaction function, as the shim's own router does, by the shim's own registry and execution service. The router
 * itself is not used: it scans the whole class path, rewrites the logging of the process and expects a peer at the other end of a wire.
 */
final class ContractDispatcher implements Chaincode {
    private final RoutingRegistry registry;
    private final ExecutionService executor;
    private final Consumer<Throwable> failures;

    private ContractDispatcher(RoutingRegistry registry, ExecutionService executor, Consumer<Throwable> failures) {
        this.registry = registry;
        this.executor = executor;
        this.failures = failures;
    }

    static ContractDispatcher of(Map<String, List<String>> classes, Consumer<Throwable> failures)
            throws ReflectiveOperationException {
        RoutingRegistry registry = new RoutingRegistryImpl();
        addContract(registry, SystemContract.class);
        for (String name : classes.getOrDefault(ContractBridge.CONTRACTS, List.of())) {
            addContract(registry, Classes.load(name, ContractInterface.class));
        }
        TypeRegistry types = TypeRegistry.getRegistry();
        for (String name : classes.getOrDefault(ContractBridge.DATA_TYPES, List.of())) {
            types.addDataType(Classes.load(name, Object.class));
        }
        MetadataBuilder.initialize(registry, types);
        Serializers serializers = new Serializers(classes.getOrDefault(ContractBridge.SERIALIZERS, List.of()));
        return new ContractDispatcher(
                registry, ExecutionFactory.getInstance().createExecutionService(serializers), failures);
    }

    @SuppressWarnings("unchecked") // the registry wants a class of exactly the interface, and can only mean one of its
    // implementations
    private static void addContract(RoutingRegistry registry, Class<? extends ContractInterface> type) {
        ContractDefinition contract = registry.addNewContract((Class<ContractInterface>) type);
        for (Method method : type.getMethods()) {
            if (method.getAnnotation(Transaction.class) != null) {
                contract.addTxFunction(method);
            }
        }
    }

    @Override
    public Response init(ChaincodeStub stub) {
        return invoke(stub);
    }

    /** Answers what Fabric's router would; an exhausted stack or heap goes to the server, which has clearer words for it. */
    @Override
    public Response invoke(ChaincodeStub stub) {
        if (stub.getArgs().isEmpty()) {
            return ResponseUtils.newSuccessResponse();
        }
        try {
            InvocationRequest request = ExecutionFactory.getInstance().createRequest(stub);
            return executor.executeRequest(route(request), request, stub);
        } catch (RuntimeException | Error e) {
            rethrowExhaustion(e);
            failures.accept(e);
            return ResponseUtils.newErrorResponse(e);
        }
    }

    private TxFunction route(InvocationRequest request) {
        return registry.containsRoute(request)
                ? registry.getTxFn(request)
                : registry.getContract(request.getNamespace()).getUnknownRoute();
    }

    private static void rethrowExhaustion(Throwable thrown) {
        Throwable cause = thrown instanceof ContractRuntimeException ? thrown.getCause() : thrown;
        if (cause instanceof VirtualMachineError exhausted) {
            throw exhausted;
        }
    }
}
