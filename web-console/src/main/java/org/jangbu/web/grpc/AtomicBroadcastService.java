package org.jangbu.web.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.NodeName;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.ordering.node.OrdererDoors;
import org.jangbu.peer.event.DeliverSession;

/** {@code orderer.AtomicBroadcast} at the door of one orderer. */
final class AtomicBroadcastService extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
    private final NodeName node;
    private final OrdererDoors doors;
    private final Executor executor;

    AtomicBroadcastService(NodeName node, OrdererDoors doors, Executor executor) {
        this.node = node;
        this.doors = doors;
        this.executor = executor;
    }

    @Override
    public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> out) {
        return BroadcastStream.begin(out, (channel, envelope) -> doors.broadcast(node, channel, envelope), executor);
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> out) {
        return DeliverStream.begin(out, doors.deliver(node), new Form(), executor);
    }

    private static final class Form implements DeliverStream.Answers<DeliverResponse> {
        @Override
        public DeliverResponse status(Status status) {
            return DeliverResponse.newBuilder().setStatus(status).build();
        }

        @Override
        public DeliverResponse block(DeliverSession session, Block block) {
            return DeliverResponse.newBuilder()
                    .setBlock(session.wantsHeadersOnly() && !isConfiguration(block) ? header(block) : block)
                    .build();
        }

        private static Block header(Block block) {
            return block.toBuilder().clearData().build();
        }

        private static boolean isConfiguration(Block block) {
            try {
                return block.getData().getDataCount() == 1
                        && ParsedEnvelope.parse(block.getData().getData(0))
                                        .channelHeader()
                                        .getType()
                                == HeaderType.CONFIG_VALUE;
            } catch (MalformedEnvelopeException e) {
                return false;
            }
        }
    }
}
