package org.jangbu.web.grpc;

import io.grpc.BindableService;
import java.util.List;
import java.util.concurrent.Executor;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ordering.node.OrdererDoors;

/** All that an orderer offers at its port. */
public final class OrdererServices {
    private final OrdererDoors doors;
    private final Executor executor;

    /** @param executor a bounded pool on which streams are written */
    public OrdererServices(OrdererDoors doors, Executor executor) {
        this.doors = doors;
        this.executor = executor;
    }

    /** The services of one of them. */
    public List<BindableService> of(LocalNode orderer) {
        return List.of(new AtomicBroadcastService(orderer.name(), doors, executor));
    }
}
