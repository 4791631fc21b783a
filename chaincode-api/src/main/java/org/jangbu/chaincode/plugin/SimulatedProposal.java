package org.jangbu.chaincode.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A proposal and what its simulation on this peer came to.
 *
 * @param timestamp when its sender says it was made
 * @param creator the sender's {@code SerializedIdentity}, verified, who may write to the channel
 * @param chaincode the chaincode invoked, whose definition names the plug-in
 * @param version of that definition
 * @param arguments function first
 * @param transientData for endorsers alone; never on the ledger
 * @param status of the contract's answer, below 400
 * @param payload of the contract's answer
 * @param writes in all namespaces, in the order of the message
 * @param results the serialised {@code TxReadWriteSet}
 */
@SuppressWarnings("ArrayRecordComponent") // the SPI is made of JDK types alone, and copies would cost
public record SimulatedProposal(
        String channel,
        String txId,
        Instant timestamp,
        byte[] creator,
        String chaincode,
        String version,
        List<byte[]> arguments,
        Map<String, byte[]> transientData,
        int status,
        String message,
        byte[] payload,
        List<StateWrite> writes,
        byte[] results) {}
