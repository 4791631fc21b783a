package org.jangbu.msp.renewal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jangbu.msp.log.RenewalLog;

/** Keeps what HTTPS shows in step with the files: of the node whose certificate it shows, and of the key store itself. */
final class HttpsWatch {
    private final HttpsStore store;
    private final HttpsReload reload;

    private final Instant started;

    /** What the server has read; nothing until the first look. */
    private byte[] shown = {};

    private boolean looked;

    private volatile String trouble = "";

    /** @param started when this server did: it read what was there then, and need not be told */
    HttpsWatch(HttpsStore store, HttpsReload reload, Instant started) {
        this.store = store;
        this.reload = reload;
        this.started = started;
    }

    /** @param source the node whose certificate HTTPS shows; empty where somebody else writes the store */
    void look(Optional<TlsFiles> source) {
        try {
            if (!looked && store.isOlderThan(started)) {
                shown = store.content();
            }
            looked = true;
            if (source.isPresent()) {
                follow(source.get());
            }
            byte[] content = store.content();
            if (!Arrays.equals(content, shown)) {
                X509Certificate certificate = store.certificate();
                reload.reload();
                shown = content;
                RenewalLog.LOG.httpsReloaded(
                        certificate.getSerialNumber().toString(16),
                        certificate.getNotAfter().toInstant().toString());
            }
            trouble = "";
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(trouble)) {
                RenewalLog.LOG.notTakenUp("HTTPS", reason);
                trouble = reason;
            }
        }
    }

    private void follow(TlsFiles source) throws IOException {
        TlsFiles.Pair pair = source.read();
        if (!pair.certificate().equals(store.certificate())) {
            store.write(pair);
        }
    }

    /** Why HTTPS does not show what the files say; empty if it does. */
    String trouble() {
        return trouble;
    }
}
