package org.jangbu.chaincode.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a contract is asked.
 *
 * @param args function name first, as raw bytes
 * @param init whether this is the call that initialises the chaincode
 * @param creator the caller's {@code SerializedIdentity}
 * @param timestamp the proposal's timestamp, the same on every endorser
 * @param transientData data for the endorsers alone; never on the ledger
 * @param binding SHA-256(nonce ‖ creator ‖ epoch), binds other messages to this proposal
 * @param signedProposal the serialised {@code SignedProposal}, from which shims read what else they want
 */
@SuppressWarnings("ArrayRecordComponent") // the SPI is made of JDK types alone, and copies would cost
public record Invocation(
        String channelId,
        String txId,
        List<byte[]> args,
        boolean init,
        byte[] creator,
        Instant timestamp,
        Map<String, byte[]> transientData,
        byte[] binding,
        byte[] signedProposal) {}
