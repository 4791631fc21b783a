package org.jangbu.web.grpc.netty;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.web.log.WebLog;
import org.jspecify.annotations.Nullable;

/**
 * Shows clients the certificate in a node's {@code tls} folder, and the new one once it has been renewed: the files are looked at again when a
 * connection is made, so that nobody needs to be told. While they cannot be read, what was read before is shown.
 */
final class NodeCertificate extends X509ExtendedKeyManager {
    private static final String ALIAS = "node";
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final String node;
    private final TlsFiles files;
    private final LongSupplier nanoTime;
    private volatile Shown shown;
    private long lookedAt;
    private String trouble = "";

    private record Shown(List<X509Certificate> chain, PrivateKey key) {}

    /** @throws IOException if there is no certificate and key that fit */
    NodeCertificate(String node, TlsFiles files, LongSupplier nanoTime) throws IOException {
        this.node = node;
        this.files = files;
        this.nanoTime = nanoTime;
        this.shown = read();
        this.lookedAt = nanoTime.getAsLong();
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
        look();
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

    private synchronized void look() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt < PAUSE) {
            return;
        }
        lookedAt = now;
        try {
            Shown found = read();
            if (!found.chain().get(0).equals(shown.chain().get(0))) {
                WebLog.LOG.grpcCertificate(
                        node, found.chain().get(0).getNotAfter().toInstant().toString());
            }
            shown = found;
            trouble = "";
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(trouble)) {
                WebLog.LOG.grpcCertificateUnreadable(node, reason);
                trouble = reason;
            }
        }
    }

    private Shown read() throws IOException {
        TlsFiles.Pair pair = files.read();
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(pair.key().info().getEncoded()));
            return new Shown(pair.chain(), key);
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS key of " + node + " cannot be used here: " + e.getMessage(), e);
        }
    }
}
