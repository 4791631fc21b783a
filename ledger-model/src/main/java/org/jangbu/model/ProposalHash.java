package org.jangbu.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;

/**
 * The hash by which endorsers name the proposal they answered: SHA-256(channel header ‖ signature header ‖ {@code
 * ChaincodeProposalPayload} without its transient map).
 */
public final class ProposalHash {
    private ProposalHash() {}

    /** Hash of a proposal; {@code payload} may still hold the transient map, which does not count and must never reach the ledger. */
    public static ByteString of(Header header, ByteString payload) throws InvalidProtocolBufferException {
        return ofVisible(header, visible(payload));
    }

    /** Hash over a payload that has been stripped already, as it stands in a transaction. */
    public static ByteString ofVisible(Header header, ByteString visiblePayload) {
        return Sha256.of(header.getChannelHeader(), header.getSignatureHeader(), visiblePayload);
    }

    /** The payload as a transaction carries it: the input alone. */
    public static ByteString visible(ByteString payload) throws InvalidProtocolBufferException {
        return ChaincodeProposalPayload.newBuilder()
                .setInput(ChaincodeProposalPayload.parseFrom(payload).getInput())
                .build()
                .toByteString();
    }
}
