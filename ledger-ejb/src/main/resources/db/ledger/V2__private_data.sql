-- Values of private data. The block files hold their hashes only, so nothing but this table, and other members, can bring them back.
-- Namespace and hash are those of the entry in "state" that holds the hash of the value.
CREATE TABLE private_values (
    block  bigint  NOT NULL,
    ledger integer NOT NULL,
    tx     integer NOT NULL,
    ns     bytea   NOT NULL,
    hash   bytea   NOT NULL,
    key    bytea   NOT NULL,
    value  bytea   NOT NULL,
    PRIMARY KEY (ledger, ns, hash)
);

-- Sets that this peer should hold and did not have when their block was committed.
CREATE TABLE private_missing (
    block      bigint  NOT NULL,
    ledger     integer NOT NULL,
    tx         integer NOT NULL,
    chaincode  text    NOT NULL,
    collection text    NOT NULL,
    tx_id      text    NOT NULL,
    hash       bytea   NOT NULL,
    PRIMARY KEY (ledger, block, tx, chaincode, collection)
);

-- Sets that wait for their transactions to be committed. Emptied by commits, and of what has grown old.
CREATE TABLE private_transient (
    height     bigint      NOT NULL,
    received   timestamptz NOT NULL DEFAULT now(),
    ledger     integer     NOT NULL,
    tx_id      text        NOT NULL,
    chaincode  text        NOT NULL,
    collection text        NOT NULL,
    hash       bytea       NOT NULL,
    content    bytea       NOT NULL,
    PRIMARY KEY (ledger, tx_id, chaincode, collection, hash)
);

COMMENT ON COLUMN private_values.hash IS 'Base64 text of the SHA-256 of the key, as in state.key.';
COMMENT ON COLUMN private_transient.height IS 'Height of the ledger when the set arrived.';
