package org.jangbu.chaincode.java;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.Invocation;
import org.jspecify.annotations.Nullable;

/** A contract in its class loader: made empty, so that the guard is in place, then started on a guarded thread. */
final class LoadedContract implements AutoCloseable {
    private static final String BRIDGE = "org.jangbu.chaincode.java.bridge.";

    private volatile @Nullable ContractClassLoader loader;
    private final Alarm alarm;
    private volatile @Nullable BiFunction<Invocation, ChaincodeHost, ChaincodeResult> contract;

    @SuppressWarnings("unchecked") // the bridge's types are known by name only
    LoadedContract(ContractClassLoader loader) throws ReflectiveOperationException {
        this.loader = loader;
        this.alarm = new Alarm((Consumer<Boolean>) loader.loadClass(BRIDGE + "AlarmSwitch")
                .getConstructor(Runnable.class, LongConsumer.class, BiPredicate.class)
                .newInstance((Runnable) Running::checkpoint, (LongConsumer) Running::largeArray, (BiPredicate<
                                String, String>)
                        Refusals::isRefusedByReflection));
    }

    /** Loads and initialises the contract's classes; runs their code, so it belongs on a guarded thread. */
    @SuppressWarnings("unchecked") // the bridge's types are known by name only
    void start(Map<String, List<String>> classes, String localMspId, Consumer<Throwable> failures)
            throws ReflectiveOperationException {
        contract =
                (BiFunction<Invocation, ChaincodeHost, ChaincodeResult>) loader().loadClass(BRIDGE + "ContractBridge")
                        .getConstructor(Map.class, String.class, Consumer.class)
                        .newInstance(classes, localMspId, failures);
    }

    ChaincodeResult invoke(Invocation invocation, ChaincodeHost host) {
        BiFunction<Invocation, ChaincodeHost, ChaincodeResult> started = contract;
        if (started == null) {
            throw new IllegalStateException("the contract was not started");
        }
        return started.apply(invocation, host);
    }

    Alarm alarm() {
        return alarm;
    }

    ClassLoader loader() {
        ClassLoader present = loader;
        if (present == null) {
            throw new IllegalStateException("the contract is not deployed any more");
        }
        return present;
    }

    /** Closes the contract's files and lets go of its classes, whoever still holds this. */
    @Override
    public void close() throws IOException {
        ContractClassLoader present = loader;
        contract = null;
        loader = null;
        alarm.detach();
        if (present != null) {
            present.close();
        }
    }
}
