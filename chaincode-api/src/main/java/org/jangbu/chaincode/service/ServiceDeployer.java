package org.jangbu.chaincode.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.spi.ChaincodeRuntime;

/**
 * Makes contracts that run as services callable: one connection for each package, dialled at its first call. All connections share one thread. Nothing that
 * a service does or leaves undone harms more than the transactions it is asked about. Thread-safe.
 */
public final class ServiceDeployer implements AutoCloseable {
    private static final int CONNECTION_THREADS = 1;
    private static final int LOOKUP_THREADS = 2;
    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_SECONDS = 5;

    private final EventLoopGroup connections;
    private final ThreadPoolExecutor lookups;

    /** @param threads makes all threads of this deployer; a server's managed one */
    public ServiceDeployer(ThreadFactory threads) {
        this.connections = new NioEventLoopGroup(CONNECTION_THREADS, threads);
        this.lookups = new ThreadPoolExecutor(
                LOOKUP_THREADS, LOOKUP_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        lookups.allowCoreThreadTimeOut(true);
    }

    /**
     * A runtime that calls the service; whether it is there shows at the first call.
     *
     * @param packageId names the package in logs and errors; the service registers under it
     * @throws ChaincodePackageException if the certificates or the key of the endpoint cannot be used
     */
    public ChaincodeRuntime deploy(String packageId, ServiceEndpoint endpoint, ServiceLimits limits)
            throws ChaincodePackageException {
        Optional<ServiceEndpoint.Tls> tls = endpoint.tls();
        ServiceDialler dialler = new ServiceDialler(connections, lookups, tls.isPresent() ? context(tls.get()) : null);
        return new ServiceRuntime(packageId, limits, new ServiceLink(packageId, endpoint, limits, dialler));
    }

    private static SslContext context(ServiceEndpoint.Tls tls) throws ChaincodePackageException {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().trustManager(pem(tls.rootCertificates()));
            if (tls.client().isPresent()) {
                ServiceEndpoint.ClientKey own = tls.client().get();
                builder.keyManager(pem(own.certificate()), pem(own.key()));
            }
            // Java's own TLS: no native library that would outlive the application.
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ChaincodePackageException("The certificates or the key of connection.json cannot be used", e);
        }
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }

    /** Ends the threads; runtimes should be closed before. */
    @Override
    public void close() {
        lookups.shutdownNow();
        connections
                .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
