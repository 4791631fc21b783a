package org.jangbu.web.settings;

/** What can be set in this module. Keys are MicroProfile Config names; an environment variable is the key in upper case with underscores. */
public enum WebSetting {
    /** How long a submit waits. */
    COMMIT_WAIT(
            "jangbu.rest.commit-wait",
            "30",
            "seconds",
            "Longest wait for a commit; after it REST answers 202 with what is known"),
    /** How large a JSON body may be. */
    JSON_LIMIT("jangbu.rest.json-limit", "4194304", "bytes", "Largest JSON body of a call"),
    /** How large a proposal or envelope may be. */
    MESSAGE_LIMIT(
            "jangbu.rest.message-limit",
            "33554432",
            "bytes",
            "Largest proposal or envelope; the channel's own limit for transactions holds besides. Base64 in JSON takes a third more"),
    /** How many arguments a call may have. */
    ARGUMENT_LIMIT("jangbu.rest.argument-limit", "1000", "", "Most arguments, and most transient entries, of a call"),
    /** By how much the server's ports are moved. */
    CA_PORT_OFFSET(
            "jangbu.ca.port-offset",
            "0",
            "",
            "What is added to the ports of the certificate authorities' profiles; configure.cli makes it the server's own offset"),
    /** How many blocks a page holds at most. */
    PAGE_LIMIT("jangbu.rest.page-limit", "100", "blocks", "Most blocks in one page");

    private final String key;
    private final String defaultValue;
    private final String unit;
    private final String doc;

    WebSetting(String key, String defaultValue, String unit, String doc) {
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
