package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jangbu.model.Sha256;

/**
 * Tells services which TLS certificate their client has shown, so that requests can be bound to it. Looked at once for each connection: Java's TLS says
 * by an exception that there is none, which is dear, and HTTP/2 lets no client change it later (RFC 9113, 9.2.1).
 */
final class ClientCertificate extends ServerTransportFilter implements ServerInterceptor {
    private static final Attributes.Key<ByteString> SHOWN = Attributes.Key.create("jangbu-client-certificate");
    private static final Context.Key<ByteString> HASH = Context.key("jangbu-client-certificate");

    /** SHA-256 of the certificate on the connection of the current call; empty if it shows none. */
    static Optional<ByteString> currentHash() {
        return Optional.ofNullable(HASH.get());
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        return Optional.ofNullable(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
                .flatMap(ClientCertificate::hash)
                .map(hash -> transport.toBuilder().set(SHOWN, hash).build())
                .orElse(transport);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ByteString hash = call.getAttributes().get(SHOWN);
        return hash == null
                ? next.startCall(call, headers)
                : Contexts.interceptCall(Context.current().withValue(HASH, hash), call, headers, next);
    }

    private static Optional<ByteString> hash(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Optional.of(Sha256.of(ByteString.copyFrom(chain[0].getEncoded())));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // the connection asks for none
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that TLS has read cannot be written", e);
        }
    }
}
