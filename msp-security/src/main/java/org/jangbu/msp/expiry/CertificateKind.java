package org.jangbu.msp.expiry;

/** What a certificate is for. */
public enum CertificateKind {
    /** Who a node is: it signs with this one. */
    IDENTITY("identity"),
    /** What a node, or the server, shows to whoever connects. */
    TLS("tls"),
    /** An authority, root or intermediate, of identities. */
    CA("ca"),
    /** An authority, root or intermediate, of TLS certificates. */
    TLS_CA("tlsca");

    private final String label;

    CertificateKind(String label) {
        this.label = label;
    }

    /** The word in metrics and in health. */
    public String label() {
        return label;
    }
}
