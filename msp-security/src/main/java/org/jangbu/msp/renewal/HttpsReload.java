package org.jangbu.msp.renewal;

import java.io.IOException;

/** Has the server read the key store of its HTTPS again. Each server has its own way; connections that stand are not touched. */
@FunctionalInterface
public interface HttpsReload {
    /**
     * New connections get the certificate that is in the store now.
     *
     * @throws IOException if the server shows the former one still
     */
    void reload() throws IOException;
}
