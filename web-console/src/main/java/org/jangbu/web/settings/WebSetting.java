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
    /** How much memory request bodies may take. */
    BODY_MEMORY(
            "jangbu.rest.body-memory",
            "268435456",
            "bytes",
            "Most bytes of request bodies in memory at once, beyond the first 64 KiB of each; what does not fit is answered 503"),
    /** How many arguments a call may have. */
    ARGUMENT_LIMIT("jangbu.rest.argument-limit", "1000", "", "Most arguments, and most transient entries, of a call"),
    /** By how much the server's ports are moved. */
    CA_PORT_OFFSET(
            "jangbu.ca.port-offset",
            "0",
            "",
            "What is added to the ports of the certificate authorities' profiles; configure.cli makes it the server's own offset"),
    /** Whether a CA's secrets open this server's faces. */
    CA_SIGN_IN(
            "jangbu.ca.sign-in",
            "false",
            "boolean",
            "Whether those whom a CA hosted here has registered sign in with id and secret; the server then enrols for them and keeps their keys"),
    /** How many blocks a page holds at most. */
    PAGE_LIMIT("jangbu.rest.page-limit", "100", "blocks", "Most blocks in one page"),
    /** How many read events. */
    EVENT_STREAMS("jangbu.rest.event-streams", "256", "streams", "Most streams of events over REST at once"),
    /** How many streams one caller has. */
    EVENT_STREAMS_PER_CALLER(
            "jangbu.rest.event-streams-per-caller",
            "16",
            "streams",
            "Most streams of events over REST at once of one identity; more are answered 503"),
    /** How much memory events take on their way. */
    EVENT_BYTES(
            "jangbu.rest.event-bytes",
            "67108864",
            "bytes",
            "Most bytes of events that have not left to readers over REST; a stream that needs more is ended, and its reader comes again"),
    /** How slow a reader may be. */
    EVENT_PATIENCE(
            "jangbu.rest.event-patience",
            "30",
            "seconds",
            "How long a reader of events over REST may take nothing of what there is for it; then its stream is ended"),
    /** How long a stream of events lasts. */
    EVENT_LIFETIME(
            "jangbu.rest.event-lifetime",
            "3600",
            "seconds",
            "How long a stream of events over REST lasts; its reader comes again, and proves anew who it is"),
    /** By how much gRPC's ports are moved. */
    GRPC_PORT_OFFSET(
            "jangbu.grpc.port-offset",
            "0",
            "",
            "What is added to the ports in nodes' grpc.properties; configure.cli makes it the server's own offset"),
    /** How many clients are connected. */
    GRPC_CONNECTIONS("jangbu.grpc.connections", "1000", "connections", "Most connections to one node's gRPC port"),
    /** How much one client does at once. */
    GRPC_CALLS_PER_CONNECTION(
            "jangbu.grpc.calls-per-connection",
            "1000",
            "calls",
            "Most calls at once on one gRPC connection; more wait at the client"),
    /** How much all clients do at once. */
    GRPC_CALLS(
            "jangbu.grpc.calls",
            "20000",
            "calls",
            "Most calls at once at one node's gRPC port, streams of events included; more are answered RESOURCE_EXHAUSTED"),
    /** How large a message may be. */
    GRPC_MESSAGE_BYTES("jangbu.grpc.message-bytes", "104857600", "bytes", "Largest gRPC message"),
    /** How much memory all messages take. */
    GRPC_BYTES(
            "jangbu.grpc.bytes",
            "268435456",
            "bytes",
            "Most bytes of messages that one node's gRPC port holds: arriving, being worked on, or not read by their receivers; more are answered RESOURCE_EXHAUSTED"),
    /** Who vouches for callers. */
    OIDC_ISSUER(
            "jangbu.oidc.issuer",
            "",
            "address",
            "Issuer of OpenID Connect, exactly as its tokens name it; without it there is no OpenID Connect"),
    /** What a token says about the caller. */
    OIDC_CLAIM(
            "jangbu.oidc.claim",
            "preferred_username",
            "name",
            "Claim that holds the enrolment id of a managed identity"),
    /** For whom access tokens are made. */
    OIDC_AUDIENCE(
            "jangbu.oidc.audience",
            "",
            "text",
            "Audience that bearer tokens for REST must name; without it REST takes none"),
    /** How the issuer knows the console. */
    OIDC_CLIENT_ID(
            "jangbu.oidc.client-id",
            "",
            "text",
            "Client id of the console at the issuer; without it the console offers only its form"),
    /** How the console proves itself at the issuer. */
    OIDC_CLIENT_SECRET(
            "jangbu.oidc.client-secret", "", "text", "Secret of the console at the issuer; none for a public client"),
    /** Where the issuer sends visitors back. */
    OIDC_REDIRECT(
            "jangbu.oidc.redirect",
            "",
            "address",
            "The console's address of /sign-in/oidc/callback, as registered at the issuer"),
    /** What is asked of the issuer. */
    OIDC_SCOPE("jangbu.oidc.scope", "openid profile", "names", "Scopes that the console asks for"),
    /** How far clocks may differ. */
    OIDC_CLOCK_SKEW("jangbu.oidc.clock-skew", "60", "seconds", "How far the issuer's clock may be from this server's");

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
