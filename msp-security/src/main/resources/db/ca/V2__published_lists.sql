-- The newest list of all that an authority has revoked, in PEM, for the doors of every server on this database: written in the transaction that
-- revoked, read by whoever sees that its number is another one. Signed, so that no reader has to trust the table.
ALTER TABLE authorities
    ADD COLUMN published bigint NOT NULL DEFAULT 0,
    ADD COLUMN list      text   NOT NULL DEFAULT '';
