-- The life of private data: expiry after their collection's blocks to live, past values until they are purged, and what is still to be had.

ALTER TABLE private_values ADD COLUMN expires bigint;
CREATE INDEX private_values_key ON private_values (ledger, ns, key);
CREATE INDEX private_values_expires ON private_values (ledger, expires) WHERE expires IS NOT NULL;

-- Every private write whose set this peer has or had: what other members ask for, and what is told behind a past block.
CREATE TABLE private_history (
    block   bigint   NOT NULL,
    expires bigint,
    ledger  integer  NOT NULL,
    tx      integer  NOT NULL,
    kinds   smallint NOT NULL,
    ns      bytea    NOT NULL,
    hash    bytea    NOT NULL,
    key     bytea    NOT NULL,
    value   bytea    NOT NULL,
    PRIMARY KEY (ledger, block, tx, ns, hash)
);
CREATE INDEX private_history_hash ON private_history (ledger, ns, hash);
CREATE INDEX private_history_expires ON private_history (ledger, expires) WHERE expires IS NOT NULL;

-- The newest purge of each key that ever had one: a set that arrives later must not bring the key back.
CREATE TABLE private_purges (
    block  bigint  NOT NULL,
    ledger integer NOT NULL,
    tx     integer NOT NULL,
    ns     bytea   NOT NULL,
    hash   bytea   NOT NULL,
    PRIMARY KEY (ledger, ns, hash)
);

-- Which hashes end with which block, on every peer, unless they are written again before.
CREATE TABLE private_expiry (
    expires bigint  NOT NULL,
    block   bigint  NOT NULL,
    ledger  integer NOT NULL,
    ns      bytea   NOT NULL,
    hash    bytea   NOT NULL,
    PRIMARY KEY (ledger, expires, ns, hash)
);

-- From here on also the sets of collections whose members this peer is not among: it may become one.
ALTER TABLE private_missing ADD COLUMN expires bigint;
ALTER TABLE private_missing ADD COLUMN retry timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE private_missing ADD COLUMN tries integer NOT NULL DEFAULT 0;
CREATE INDEX private_missing_collection ON private_missing (ledger, chaincode, collection, block, tx);
CREATE INDEX private_missing_expires ON private_missing (ledger, expires) WHERE expires IS NOT NULL;

COMMENT ON COLUMN private_values.expires IS 'Number of the block with which the value ends; NULL if it stays.';
COMMENT ON COLUMN private_history.kinds IS '1: value written, 2: deleted, 4: metadata written; a sum of these.';
COMMENT ON COLUMN private_missing.retry IS 'Not asked for before, since the last attempts failed.';

-- What earlier releases held. Of a set of which a value was overwritten since, only the rest is here, so it is not told.
INSERT INTO private_history (ledger, block, tx, ns, hash, key, kinds, value)
SELECT ledger, block, tx, ns, hash, key, 1, value FROM private_values;
