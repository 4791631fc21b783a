package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.model.Sha256;

/** Makes of a proposal what a contract is asked. */
record InvocationOf(UnpackedProposal proposal) {

    Invocation with(String channel, List<byte[]> args, boolean init) {
        Timestamp timestamp = proposal.channelHeader().getTimestamp();
        Map<String, byte[]> transientData = new HashMap<>();
        proposal.payload().getTransientMapMap().forEach((name, value) -> transientData.put(name, value.toByteArray()));
        return new Invocation(
                channel,
                proposal.txId().value(),
                args,
                init,
                proposal.creator().toByteArray(),
                Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()),
                transientData,
                binding().toByteArray(),
                proposal.signed().toByteArray());
    }

    /** SHA-256(nonce ‖ creator ‖ epoch as eight bytes, lowest first), as Fabric binds messages to a proposal. */
    private ByteString binding() {
        byte[] epoch = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(proposal.channelHeader().getEpoch())
                .array();
        return Sha256.of(proposal.signatureHeader().getNonce(), proposal.creator(), ByteString.copyFrom(epoch));
    }
}
