package org.jangbu.msp.renewal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Certificate and key in a node's {@code tls} folder as they are now, for Java's TLS. The files are looked at again when somebody asks, at most once a second,
 * so that nobody needs to be told of a renewal. While they cannot be read, what was read before is given. Thread-safe.
 */
public final class CurrentTls {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final TlsFiles files;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private Shown shown;
    private long lookedAt;
    private String trouble = "";

    /**
     * What a node shows.
     *
     * @param chain the node's certificate first
     */
    public record Shown(List<X509Certificate> chain, PrivateKey key) {
        public Shown {
            chain = List.copyOf(chain);
        }

        /** The node's own certificate. */
        public X509Certificate certificate() {
            return chain.get(0);
        }

        /** Never the key. */
        @Override
        public String toString() {
            return certificate().getSubjectX500Principal().toString();
        }
    }

    /** Hears of changes. */
    public interface Listener {
        /** Hears of nothing. */
        Listener NONE = new Listener() {
            @Override
            public void renewed(X509Certificate certificate) {
                // Somebody else says so.
            }

            @Override
            public void unreadable(String reason) {
                // Somebody else says so.
            }
        };

        void renewed(X509Certificate certificate);

        /** Told once for each reason. */
        void unreadable(String reason);
    }

    /**
     * Reads the files for the first time.
     *
     * @throws IOException if there is no certificate and key that fit
     */
    public CurrentTls(TlsFiles files, LongSupplier nanoTime, Listener listener) throws IOException {
        this.files = files;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.shown = read();
        this.lookedAt = nanoTime.getAsLong();
    }

    /** What the node shows from now on. The same object as long as nothing changes. */
    public synchronized Shown get() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt < PAUSE) {
            return shown;
        }
        lookedAt = now;
        try {
            Shown found = read();
            if (!found.certificate().equals(shown.certificate())) {
                listener.renewed(found.certificate());
                shown = found;
            }
            trouble = "";
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(trouble)) {
                listener.unreadable(reason);
                trouble = reason;
            }
        }
        return shown;
    }

    private Shown read() throws IOException {
        TlsFiles.Pair pair = files.read();
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(pair.key().info().getEncoded()));
            return new Shown(pair.chain(), key);
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS key cannot be used here: " + e.getMessage(), e);
        }
    }
}
