package org.jangbu.ordering.settings;

/** What can be set in this module. Keys are MicroProfile Config names; an environment variable is the key in upper case with underscores. */
public enum OrderingSetting {
    ORDERER(
            "jangbu.orderer",
            "true",
            "boolean",
            "Whether this server hosts orderers; false where it hosts none, so that it takes no batch away from those of other servers"),
    BACKLOG_ENVELOPES(
            "jangbu.ordering.backlog.envelopes",
            "20000",
            "envelopes",
            "Most envelopes that wait at this server's door for the broker; more are answered 503 at once"),
    BACKLOG_BYTES(
            "jangbu.ordering.backlog.bytes",
            "67108864",
            "bytes",
            "Most bytes of envelopes that wait at this server's door for the broker; more are answered 503 at once"),
    LINGER(
            "jangbu.ordering.linger",
            "PT0.01S",
            "ISO duration",
            "Least time between two batches of a channel that are not full; a first one after a quiet time never waits"),
    SEND_LIMIT(
            "jangbu.ordering.send.limit",
            "PT10S",
            "ISO duration",
            "How long a batch is sent again while the broker is away, before its clients are told that its outcome is unknown"),
    ORDER_LIMIT(
            "jangbu.ordering.order.limit",
            "PT30S",
            "ISO duration",
            "How long an orderer keeps a batch that it cannot publish before it gives it back to the broker"),
    PASSWORD_ORDERER(
            "jangbu.jms.orderer.password",
            "",
            "text",
            "Password of the account that reads batches and publishes blocks"),
    PASSWORD_BROADCASTER("jangbu.jms.broadcaster.password", "", "text", "Password of the account that sends batches"),
    USER_ORDERER("jangbu.jms.orderer.user", "orderer", "name", "Account that reads batches and publishes blocks"),
    USER_BROADCASTER("jangbu.jms.broadcaster.user", "broadcaster", "name", "Account that sends batches"),
    PASSWORD_COMMITTER(
            "jangbu.jms.committer.password",
            "",
            "text",
            "Password of the account that hears blocks for the peers; a server without orderers needs no other"),
    USER_COMMITTER("jangbu.jms.committer.user", "committer", "name", "Account that hears blocks for the peers");

    private final String key;
    private final String defaultValue;
    private final String unit;
    private final String doc;

    OrderingSetting(String key, String defaultValue, String unit, String doc) {
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
}
