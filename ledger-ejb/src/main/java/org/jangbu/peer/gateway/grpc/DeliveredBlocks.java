package org.jangbu.peer.gateway.grpc;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.jangbu.peer.gateway.PeerConnections.BlockRequest;
import org.jangbu.peer.gateway.PeerConnections.Delivered;

/** Gathers the blocks of one answer, within its bounds, and hands them on as one. */
final class DeliveredBlocks implements ClientResponseObserver<Envelope, DeliverResponse> {
    private final BlockRequest request;
    private final StreamObserver<Delivered> answer;
    private final List<Block> blocks = new ArrayList<>();
    private long bytes;
    private Runnable cutOff = () -> {};

    DeliveredBlocks(BlockRequest request, StreamObserver<Delivered> answer) {
        this.request = request;
        this.answer = answer;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Envelope> call) {
        cutOff = () -> call.cancel("enough", null);
    }

    @Override
    public void onNext(DeliverResponse response) {
        if (!response.hasBlock()) {
            end(response.getStatus());
            return;
        }
        blocks.add(response.getBlock());
        bytes += response.getSerializedSize();
        if (blocks.size() > request.mostBlocks() || bytes > request.mostBytes()) {
            end(Status.SUCCESS);
            cutOff.run();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (blocks.isEmpty()) {
            answer.onError(failure);
        } else {
            end(Status.SUCCESS);
        }
    }

    @Override
    public void onCompleted() {
        if (blocks.isEmpty()) {
            answer.onCompleted();
        } else {
            end(Status.SUCCESS);
        }
    }

    /** What follows counts for nothing. */
    private void end(Status status) {
        answer.onNext(new Delivered(List.copyOf(blocks), status));
    }
}
