package org.jangbu.peer.settings;

/** What can be set in this module. Keys are MicroProfile Config names; an environment variable is the key in upper case with underscores. */
public enum PeerSetting {
    TIME_WINDOW(
            "jangbu.endorser.time-window",
            "PT15M",
            "ISO duration",
            "How far a proposal's timestamp may be from this peer's clock, either way"),
    PROPOSAL_BYTES("jangbu.endorser.proposal-bytes", "10485760", "bytes", "Largest proposal"),
    PACKAGE_BYTES(
            "jangbu.packages.bytes",
            "104857600",
            "bytes",
            "Largest chaincode package; no more than the default, which is Fabric's bound"),
    PACKAGE_UPLOADS(
            "jangbu.packages.uploads",
            "8",
            "packages",
            "Most packages that this server takes at once; more are answered 503"),
    CONCURRENCY(
            "jangbu.endorser.concurrency",
            "32",
            "proposals",
            "Most proposals to one chaincode that a peer simulates at once"),
    QUEUE(
            "jangbu.endorser.queue",
            "2000",
            "proposals",
            "Most proposals to one chaincode that wait at a peer; more are answered 503 at once"),
    WRITES("jangbu.simulation.writes", "10000", "keys", "Most keys that one transaction writes"),
    WRITE_BYTES(
            "jangbu.simulation.write-bytes",
            "8388608",
            "bytes",
            "Most bytes of keys and values that one transaction writes"),
    READS("jangbu.simulation.reads", "100000", "keys", "Most keys and ranges that one transaction reads"),
    RESULTS("jangbu.simulation.results", "100000", "rows", "Most rows of one query; the rest is cut off, as in Fabric"),
    CALLS("jangbu.simulation.calls", "16", "chaincodes", "Most chaincodes that call one another in one transaction"),
    SIMULATION_ATTEMPTS(
            "jangbu.simulation.attempts",
            "10",
            "attempts",
            "How often a simulation is started that commits keep overtaking"),
    ANSWER_BYTES(
            "jangbu.simulation.answer-bytes",
            "16777216",
            "bytes",
            "Most bytes of a chaincode's answer and event together"),
    CONTRACT_TIMEOUT("jangbu.chaincode.timeout", "PT30S", "ISO duration", "How long a contract may run for one call"),
    CONTRACT_ALLOCATION(
            "jangbu.chaincode.allocated-bytes",
            "536870912",
            "bytes",
            "Most bytes that a contract may allocate in one call, kept or not"),
    PLUGIN_TIMEOUT(
            "jangbu.plugin.timeout",
            "PT10S",
            "ISO duration",
            "How long an endorsement or validation plug-in may take for one decision"),
    ENDORSE_TIMEOUT(
            "jangbu.gateway.endorse-timeout",
            "PT40S",
            "ISO duration",
            "How long the gateway waits for one endorser, its queue included"),
    ENDORSE_ATTEMPTS(
            "jangbu.gateway.attempts",
            "5",
            "attempts",
            "How often endorsers are asked that differ because a block was committed between them"),
    CATCH_UP(
            "jangbu.gateway.catch-up",
            "PT1S",
            "ISO duration",
            "How long the gateway waits for the slower of such endorsers before it asks again"),
    COMMIT_WAITERS(
            "jangbu.gateway.commit-waiters",
            "20000",
            "callers",
            "Most callers that wait for a commit at once; more are answered 503"),
    COMMIT_PATIENCE(
            "jangbu.gateway.commit-patience",
            "PT1S",
            "ISO duration",
            "Once a first hosted peer has committed, how long a caller still waits for the others"),
    STATE_CACHE(
            "jangbu.state.cache-bytes",
            "67108864",
            "bytes",
            "About how much memory the state cache of each ledger takes"),
    PIPELINE_BLOCKS(
            "jangbu.deliver.blocks",
            "256",
            "blocks",
            "Most blocks that wait for their turn on one ledger; others are dropped and asked for later"),
    PIPELINE_BYTES(
            "jangbu.deliver.bytes", "67108864", "bytes", "Most bytes of blocks that wait for their turn on one ledger"),
    HEIGHT_PERIOD(
            "jangbu.deliver.height-period",
            "PT10S",
            "ISO duration",
            "How often the ordering service is asked how many blocks there are"),
    READY_LAG(
            "jangbu.ready.lag",
            "10",
            "blocks",
            "How many blocks a ledger may be behind the ordering service and still count as caught up"),
    RECONCILE_INTERVAL(
            "jangbu.private.reconcile-interval",
            "PT1M",
            "ISO duration",
            "How often peers ask other members for private data that they lack"),
    RECONCILE_LONGEST_WAIT(
            "jangbu.private.reconcile-longest-wait",
            "PT1H",
            "ISO duration",
            "The wait between two attempts for private data that nobody tells doubles up to this"),
    RECONCILE_BATCH(
            "jangbu.private.reconcile-batch", "50", "sets", "Most private sets that a peer asks another for at once");

    private final String key;
    private final String defaultValue;
    private final String unit;
    private final String doc;

    PeerSetting(String key, String defaultValue, String unit, String doc) {
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
