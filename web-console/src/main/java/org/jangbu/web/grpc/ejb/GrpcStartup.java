package org.jangbu.web.grpc.ejb;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.ordering.node.OrdererDoors;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.host.PeerHost;
import org.jangbu.web.grpc.GrpcLimits;
import org.jangbu.web.grpc.GrpcProperties;
import org.jangbu.web.grpc.OrdererServices;
import org.jangbu.web.grpc.PeerServices;
import org.jangbu.web.grpc.TlsAuthorities;
import org.jangbu.web.grpc.netty.GrpcPort;
import org.jangbu.web.grpc.netty.PortThreads;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.settings.WebSetting;

/**
 * Opens the gRPC ports of this server's nodes with the application and closes them with it. Before the ledgers are open they answer UNAVAILABLE, which
 * clients understand. All or nothing: a port that is taken keeps the application from starting, since its nodes' clients would find somebody else there.
 */
@Startup
@Singleton
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedExecutorDefinition(name = "java:module/concurrent/grpc", maxAsync = 32)
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/grpc-threads")
@SuppressWarnings("NullAway.Init") // the container sets the fields before anybody calls
public class GrpcStartup {
    private static final int PATIENCE_MILLIS = 2_000;

    @Resource(lookup = "java:module/concurrent/grpc")
    ManagedExecutorService calls;

    @Resource(lookup = "java:module/concurrent/grpc-threads")
    ManagedThreadFactory threads;

    @Inject
    Config config;

    @Inject
    NodeDirectory nodes;

    @Inject
    PeerHost host;

    @Inject
    OrdererDoors doors;

    private final List<GrpcPort> ports = new ArrayList<>();
    private PortThreads portThreads;

    @PostConstruct
    void start() {
        portThreads = new PortThreads(threads, calls);
        boolean complete = false;
        try {
            open(nodes.nodes());
            complete = true;
        } catch (NodeDirectoryException | IOException e) {
            throw new IllegalStateException("gRPC did not start: " + e.getMessage(), e);
        } finally {
            if (!complete) {
                stop();
            }
        }
    }

    private void open(List<LocalNode> all) throws IOException {
        GrpcLimits limits = GrpcLimits.read(key -> config.getOptionalValue(key, String.class));
        int offset = config.getOptionalValue(WebSetting.GRPC_PORT_OFFSET.key(), Integer.class)
                .orElse(Integer.valueOf(WebSetting.GRPC_PORT_OFFSET.defaultValue()));
        PeerServices peers = new PeerServices(host, name -> address(all, name), calls);
        OrdererServices orderers = new OrdererServices(doors, calls);
        for (LocalNode node : all) {
            Optional<GrpcProperties> properties = GrpcProperties.read(node.home());
            if (properties.isPresent()) {
                List<BindableService> services =
                        node.role() == LocalNode.Role.PEER ? peers.of(node) : orderers.of(node);
                open(node, properties.get(), offset, services, limits);
            }
        }
    }

    private void open(
            LocalNode node, GrpcProperties properties, int offset, List<BindableService> services, GrpcLimits limits)
            throws IOException {
        InetSocketAddress address = properties.address(offset);
        GrpcPort.Identity identity = new GrpcPort.Identity(
                node.name().value(),
                node.home().resolve("tls"),
                KeySecrets.read(key -> config.getOptionalValue(key, String.class))
                        .secret(),
                properties.clientCertificates() ? Optional.of(() -> authorities(node)) : Optional.empty());
        try {
            ports.add(GrpcPort.open(address, identity, services, limits, portThreads));
        } catch (IOException e) {
            throw new IOException(node.name() + " cannot listen at " + address + ": " + e.getMessage(), e);
        }
        WebLog.LOG.grpcOpen(
                node.name().value(),
                address.toString(),
                properties.clientCertificates() ? ", for clients with a TLS certificate" : "");
    }

    private Set<ByteString> authorities(LocalNode node) {
        return TlsAuthorities.of(
                node, node.role() == LocalNode.Role.PEER ? configs(node.name()) : doors.configs(node.name()));
    }

    private List<ChannelConfig> configs(NodeName peer) {
        return host.peer(peer).stream()
                .flatMap(door -> door.channels().stream().flatMap(channel -> door.channel(channel.value()).stream()))
                .map(JoinedChannel::config)
                .toList();
    }

    private static String address(List<LocalNode> all, NodeName name) {
        return all.stream()
                .filter(node -> node.name().equals(name))
                .map(LocalNode::address)
                .findFirst()
                .orElse("");
    }

    @PreDestroy
    void stop() {
        ports.forEach(GrpcPort::shutdown);
        try {
            for (GrpcPort port : ports) {
                if (!port.await(PATIENCE_MILLIS)) {
                    WebLog.LOG.grpcNotEnded(String.valueOf(port.port()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        portThreads.close();
        WebLog.LOG.grpcClosed();
    }
}
