package org.jangbu.web.grpc.netty;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.web.log.WebLog;
import org.jspecify.annotations.Nullable;

/** Shows clients the certificate in a node's {@code tls} folder, and the new one once it has been renewed. */
final class NodeCertificate extends X509ExtendedKeyManager {
    private static final String ALIAS = "node";

    private final CurrentTls tls;
    private volatile CurrentTls.Shown shown;

    /** @throws IOException if there is no certificate and key that fit */
    NodeCertificate(String node, TlsFiles files, LongSupplier nanoTime) throws IOException {
        this.tls = new CurrentTls(files, nanoTime, new Told(node));
        this.shown = tls.get();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keyType.startsWith("EC") ? new String[] {ALIAS} : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keyType.startsWith("EC") ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        if (!keyType.startsWith("EC")) {
            return null;
        }
        shown = tls.get();
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return shown.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return shown.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private record Told(String node) implements CurrentTls.Listener {
        @Override
        public void renewed(X509Certificate certificate) {
            WebLog.LOG.grpcCertificate(
                    node, certificate.getNotAfter().toInstant().toString());
        }

        @Override
        public void unreadable(String reason) {
            WebLog.LOG.grpcCertificateUnreadable(node, reason);
        }
    }
}
