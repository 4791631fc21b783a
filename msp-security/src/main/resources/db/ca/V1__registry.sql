-- The registries of all certificate authorities that use this database; each row says whose it is.
-- Nothing here can be rebuilt from elsewhere: back it up.
CREATE TABLE authorities (
    name           text   PRIMARY KEY,
    key_identifier bytea  NOT NULL,
    list_number    bigint NOT NULL DEFAULT 0
);

CREATE TABLE affiliations (
    authority text NOT NULL REFERENCES authorities,
    name      text NOT NULL,
    PRIMARY KEY (authority, name)
);

-- Secrets are derived (PBKDF2), never kept. Attributes are read and written only as a whole: three arrays of one length.
CREATE TABLE identities (
    authority        text        NOT NULL REFERENCES authorities,
    id               text        NOT NULL,
    type             text        NOT NULL,
    affiliation      text        NOT NULL,
    secret           text        NOT NULL,
    max_enrollments  integer     NOT NULL,
    enrollments      integer     NOT NULL,
    revoked          boolean     NOT NULL,
    failures         integer     NOT NULL,
    failed_at        timestamptz NOT NULL,
    attribute_names  text[]      NOT NULL,
    attribute_values text[]      NOT NULL,
    attribute_marks  boolean[]   NOT NULL,
    node             text,
    PRIMARY KEY (authority, id),
    UNIQUE (authority, node)
);
CREATE INDEX identities_by_affiliation ON identities (authority, affiliation text_pattern_ops);

-- No foreign key to the owner: what was issued stays on record when the owner is removed.
CREATE TABLE certificates (
    authority     text        NOT NULL REFERENCES authorities,
    serial        text        NOT NULL,
    authority_key text        NOT NULL,
    owner         text        NOT NULL,
    pem           text        NOT NULL,
    expiry        timestamptz NOT NULL,
    revoked_at    timestamptz,
    reason        integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (authority, serial, authority_key)
);
CREATE INDEX certificates_by_owner ON certificates (authority, owner);
CREATE INDEX certificates_revoked ON certificates (authority, revoked_at) WHERE revoked_at IS NOT NULL;
