package org.jangbu.web.grpc;

import io.grpc.BindableService;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.NodeName;
import org.jangbu.peer.host.PeerHost;

/** All that a peer offers at its port. */
public final class PeerServices {
    private final PeerHost host;
    private final Function<NodeName, String> addresses;
    private final Executor executor;

    /**
     * Services over the peers of a server.
     *
     * @param addresses of this server's nodes, as others reach them
     * @param executor a bounded pool on which streams are written
     */
    public PeerServices(PeerHost host, Function<NodeName, String> addresses, Executor executor) {
        this.host = host;
        this.addresses = addresses;
        this.executor = executor;
    }

    /** The services of one of them. */
    public List<BindableService> of(LocalNode peer) {
        PeerPlace place = new PeerPlace(peer.name(), peer.mspId(), addresses, () -> host.peer(peer.name()));
        return List.of(
                new GatewayService(place, host.gateway(), executor),
                new EndorserService(place),
                new PeerDeliverService(place, executor),
                new DiscoveryService(place, host::discovery));
    }
}
