package org.jangbu.chaincode.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a contract answered.
 *
 * @param status 200 for success; 400 and above refuse, and drop write set and event
 * @param payload the answer; may be empty
 * @param event the one event set, if any
 */
@SuppressWarnings("ArrayRecordComponent") // the SPI is made of JDK types alone, and copies would cost
public record ChaincodeResult(
        int status,
        String message,
        byte[] payload,
        @Nullable Event event) {
    /** A chaincode event: its name and payload. */
    public record Event(String name, byte[] payload) {}
}
