package org.jangbu.web.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.BlockAndPrivateData;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.jangbu.model.MspId;
import org.jangbu.peer.event.DeliverSession;
import org.jangbu.peer.event.FilteredBlocks;
import org.jangbu.peer.event.PrivateSets;

/** {@code protos.Deliver}: a peer's blocks with its verdicts, whole, filtered, or with the private data that the reader's organisation may see. */
final class PeerDeliverService extends DeliverGrpc.DeliverImplBase {
    private final PeerPlace place;
    private final Executor executor;

    PeerDeliverService(PeerPlace place, Executor executor) {
        this.place = place;
        this.executor = executor;
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> out) {
        return DeliverStream.begin(
                out,
                place.door().deliver(false),
                (Form) (session, block) ->
                        DeliverResponse.newBuilder().setBlock(block).build(),
                executor);
    }

    @Override
    public StreamObserver<Envelope> deliverFiltered(StreamObserver<DeliverResponse> out) {
        return DeliverStream.begin(
                out,
                place.door().deliver(true),
                (Form) (session, block) -> DeliverResponse.newBuilder()
                        .setFilteredBlock(
                                FilteredBlocks.of(session.config().channel().value(), block))
                        .build(),
                executor);
    }

    @Override
    public StreamObserver<Envelope> deliverWithPrivateData(StreamObserver<DeliverResponse> out) {
        return DeliverStream.begin(
                out,
                place.door().deliver(false),
                (Form) (session, block) -> DeliverResponse.newBuilder()
                        .setBlockAndPrivateData(BlockAndPrivateData.newBuilder()
                                .setBlock(block)
                                .putAllPrivateDataMap(privateSets(session, block)))
                        .build(),
                executor);
    }

    private Map<Long, TxPvtReadWriteSet> privateSets(DeliverSession session, Block block) {
        try {
            MspId reader =
                    new MspId(SerializedIdentity.parseFrom(session.reader()).getMspid());
            return place.door()
                    .channel(session.config().channel().value())
                    .map(joined -> new PrivateSets(joined.ledger(), reader).behind(block))
                    .orElse(Map.of());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a reader who was let in has no identity", e);
        }
    }

    /** Only the block differs from method to method. */
    private interface Form extends DeliverStream.Answers<DeliverResponse> {
        @Override
        default DeliverResponse status(Status status) {
            return DeliverResponse.newBuilder().setStatus(status).build();
        }

        @Override
        DeliverResponse block(DeliverSession session, Block block);
    }
}
