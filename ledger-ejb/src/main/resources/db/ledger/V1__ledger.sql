-- One peer's copy of a channel's ledger is one row here; everything else is kept apart by its number.
-- The block files are the truth: all of this can be rebuilt from them.
CREATE TABLE ledgers (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node         text    NOT NULL,
    channel      text    NOT NULL,
    height       bigint  NOT NULL DEFAULT 0,
    current_hash bytea   NOT NULL DEFAULT '',
    commit_hash  bytea   NOT NULL DEFAULT '',
    last_config  bigint  NOT NULL DEFAULT 0,
    version      bigint  NOT NULL DEFAULT 0,
    UNIQUE (node, channel)
);

-- No foreign keys below: they would cost a look-up per row, and only the committer writes.

-- What the block files cannot tell by themselves: whether the parts of a record that no hash covers are as they were written.
CREATE TABLE blocks (
    number   bigint  NOT NULL,
    ledger   integer NOT NULL,
    checksum integer NOT NULL,
    hash     bytea   NOT NULL,
    PRIMARY KEY (ledger, number)
);

-- Namespaces and keys are bytes: keys may hold U+0000, and their order is byte order.
CREATE TABLE state (
    block      bigint  NOT NULL,
    version    bigint  NOT NULL,
    ledger     integer NOT NULL,
    tx         integer NOT NULL,
    ns         bytea   NOT NULL,
    key        bytea   NOT NULL,
    value      bytea   NOT NULL,
    metadata   bytea,
    value_json jsonb,
    PRIMARY KEY (ledger, ns, key)
) WITH (fillfactor = 85);

-- Chaincodes that have ever written metadata; all others need no look-up before a value is written.
CREATE TABLE metadata_namespaces (
    ledger integer NOT NULL,
    ns     bytea   NOT NULL,
    PRIMARY KEY (ledger, ns)
);

CREATE TABLE history (
    block      bigint  NOT NULL,
    ts_seconds bigint  NOT NULL,
    ts_nanos   integer NOT NULL,
    ledger     integer NOT NULL,
    tx         integer NOT NULL,
    deleted    boolean NOT NULL,
    ns         bytea   NOT NULL,
    key        bytea   NOT NULL,
    tx_id      bytea   NOT NULL,
    value      bytea   NOT NULL,
    PRIMARY KEY (ledger, ns, key, block, tx)
);

-- The first appearance of each transaction id: 32 bytes for an id in its usual form, the hash of its text behind a byte 1 for any other.
CREATE TABLE transactions (
    block    bigint   NOT NULL,
    ledger   integer  NOT NULL,
    position integer  NOT NULL,
    code     smallint NOT NULL,
    tx_id    bytea    NOT NULL,
    PRIMARY KEY (ledger, tx_id)
);

COMMENT ON COLUMN ledgers.height IS 'Number of blocks that all other tables reflect.';
COMMENT ON COLUMN ledgers.commit_hash IS 'Commit hash of the newest block, over all verdicts and values so far.';
COMMENT ON COLUMN state.value_json IS 'The value where it is a JSON object, for queries; NULL otherwise.';
COMMENT ON COLUMN state.block IS 'With tx: the height that wrote the entry last, which is the version that read sets carry.';
COMMENT ON COLUMN state.version IS 'Grows by one with each update of the entry.';
COMMENT ON COLUMN transactions.code IS 'The verdict, as a TxValidationCode.';
