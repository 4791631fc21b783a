package org.jangbu.benchmarks.contracts;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.chaincode.java.SampleIdentity;
import org.jangbu.chaincode.spi.Invocation;

/** Calls as a peer would make them of proposals, each a transaction of its own. */
final class SampleCalls {
    private static final String CHANNEL = "channel1";
    private static final byte[] NOTHING = {};

    private final byte[] creator = SampleIdentity.serialized("Org1MSP");
    private final AtomicLong transactions = new AtomicLong();

    Invocation next(String... args) {
        String txId = String.format("%064x", transactions.incrementAndGet());
        return new Invocation(
                CHANNEL,
                txId,
                Arrays.stream(args)
                        .map(arg -> arg.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                false,
                creator,
                Instant.EPOCH,
                Map.of(),
                NOTHING,
                signed(txId).toByteArray());
    }

    private SignedProposal signed(String txId) {
        Header header = Header.newBuilder()
                .setChannelHeader(ChannelHeader.newBuilder()
                        .setType(HeaderType.ENDORSER_TRANSACTION_VALUE)
                        .setTxId(txId)
                        .setChannelId(CHANNEL)
                        .setTimestamp(Timestamp.getDefaultInstance())
                        .build()
                        .toByteString())
                .setSignatureHeader(SignatureHeader.newBuilder()
                        .setCreator(ByteString.copyFrom(creator))
                        .setNonce(ByteString.copyFrom(new byte[24]))
                        .build()
                        .toByteString())
                .build();
        return SignedProposal.newBuilder()
                .setProposalBytes(Proposal.newBuilder()
                        .setHeader(header.toByteString())
                        .build()
                        .toByteString())
                .build();
    }
}
