package org.jangbu.chaincode.java;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.Invocation;

/**
 * A first call of a freshly loaded contract, for its metadata: it loads and links what every call needs, and shows at deployment what would fail
 * later.
 */
final class WarmUp {
    private static final String METADATA = "org.hyperledger.fabric:GetMetadata";
    private static final byte[] NOTHING = {};

    private WarmUp() {}

    static Invocation invocation() {
        return new Invocation(
                "warm-up",
                "0".repeat(64),
                List.of(METADATA.getBytes(UTF_8)),
                false,
                SampleIdentity.serialized("WarmUp"),
                Instant.EPOCH,
                Map.of(),
                NOTHING,
                NOTHING);
    }

    /** A ledger that refuses: the metadata is no part of any. */
    static ChaincodeHost host() {
        return (ChaincodeHost) Proxy.newProxyInstance(
                ChaincodeHost.class.getClassLoader(), new Class<?>[] {ChaincodeHost.class}, (proxy, method, args) -> {
                    throw new ChaincodeHostException("There is no ledger while a contract is deployed");
                });
    }
}
