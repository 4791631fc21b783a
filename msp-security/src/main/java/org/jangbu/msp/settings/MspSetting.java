package org.jangbu.msp.settings;

import java.util.Locale;

/** What can be set in this module. Keys are MicroProfile Config names; an environment variable is the key in upper case with underscores. */
public enum MspSetting {
    /** Who does ECDSA. */
    CRYPTO_PROVIDER(
            "jangbu.crypto.provider",
            "auto",
            "name",
            "Provider for ECDSA: corretto, bouncycastle, jdk, or auto for the fastest that is present"),
    /** Where everything lives. */
    HOME("jangbu.home", "", "folder", "Folder of all files that must last; never below a build directory"),
    /** What managed keys are encrypted under. */
    IDENTITIES_SECRET(
            "jangbu.identities.secret",
            "",
            "text",
            "Secret under which the private keys of managed identities are encrypted; without it there are none"),
    /** What nodes' encrypted keys are opened with. */
    KEY_SECRET("jangbu.keys.secret", "", "text", "Secret of nodes' encrypted private keys: PKCS#8 in PEM, and PKCS#12"),
    /** What a token asks for. */
    KEY_PIN("jangbu.keys.pin", "", "text", "PIN of the PKCS#11 token that holds nodes' private keys"),
    /** Who may read a private key's file. */
    KEY_PERMISSIONS(
            "jangbu.keys.permissions",
            "owner",
            "name",
            "Who may read the files of nodes' private keys: owner; group, where an orchestrator mounts them so; any, with a warning"),
    /** How early a certificate's end is warned of. */
    CERTIFICATE_WARNING(
            "jangbu.certificates.warning",
            "P30D",
            "ISO duration",
            "How long before its end a certificate of a node, of its authorities or of HTTPS is warned of"),
    /** What the server shows as HTTPS; only looked at for its end. */
    TLS_KEYSTORE(
            "jangbu.tls.keystore",
            "",
            "file",
            "PKCS#12 key store behind the server's HTTPS; its certificate's end is warned of, and when the file changes HTTPS uses it"),
    /** Its password. */
    TLS_PASSWORD("jangbu.tls.password", "", "text", "Password of that key store"),
    /** Whose certificate HTTPS shows. */
    TLS_NODE(
            "jangbu.tls.node",
            "",
            "name",
            "Node whose tls folder that key store is made from: written again whenever the two differ; without it the store is not written"),
    /** How old a certificate is when it is renewed. */
    RENEWAL_SHARE(
            "jangbu.renewal.share",
            "0.67",
            "share",
            "How much of its life has passed when a certificate is renewed, between 0 and 1; each one up to a tenth of that earlier, so that not all come at once"),
    /** The first pause after a failure. */
    RENEWAL_RETRY(
            "jangbu.renewal.retry",
            "PT1M",
            "ISO duration",
            "How long after a failed renewal the next attempt is; doubled each time"),
    /** The longest pause after a failure. */
    RENEWAL_LONGEST_RETRY(
            "jangbu.renewal.longest-retry",
            "PT6H",
            "ISO duration",
            "Longest time between two attempts to renew a certificate"),
    /** Whether a renewed certificate is for a new key. */
    RENEWAL_KEY(
            "jangbu.renewal.key",
            "new",
            "name",
            "Key of a renewed certificate: new, or same; a key in a PKCS#11 token always stays the same"),
    /** How often files are looked at. */
    RENEWAL_PERIOD(
            "jangbu.renewal.period",
            "PT5S",
            "ISO duration",
            "How often the files of nodes' certificates are looked at, for new ones and for those to renew");

    private final String key;
    private final String defaultValue;
    private final String unit;
    private final String doc;

    MspSetting(String key, String defaultValue, String unit, String doc) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.unit = unit;
        this.doc = doc;
    }

    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String unit() {
        return unit;
    }

    public String doc() {
        return doc;
    }

    /** The value of the system property or environment variable, for what is needed before any container stands; else the default. */
    public String fromEnvironment() {
        String property = System.getProperty(key);
        if (property != null) {
            return property;
        }
        String variable = System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_'));
        return variable != null ? variable : defaultValue;
    }
}
