-- The order of JSON values in rich queries, as bytes: org.jangbu.ledger.query.Collation says how, and computes the same.
CREATE FUNCTION json_key_text(value jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100 AS $$
DECLARE
    number numeric;
    plain  text;
    digits text;
    behind integer;
    scale  integer;
BEGIN
    CASE jsonb_typeof(value)
        WHEN 'null' THEN
            RETURN '1';
        WHEN 'boolean' THEN
            RETURN CASE WHEN value = 'true' THEN '3' ELSE '2' END;
        WHEN 'number' THEN
            number := cast(value AS numeric);
            IF number = 0 THEN
                RETURN '41';
            END IF;
            plain := cast(abs(number) AS text);
            behind := position('.' IN plain);
            scale := CASE WHEN behind = 0 THEN length(plain) ELSE behind - 1 END;
            plain := replace(plain, '.', '');
            digits := ltrim(plain, '0');
            scale := scale - (length(plain) - length(digits));
            digits := rtrim(digits, '0');
            IF number > 0 THEN
                RETURN '42' || (5000 + scale) || digits || ' ';
            END IF;
            RETURN '40' || (5000 - scale) || translate(digits, '0123456789', '9876543210') || '~';
        WHEN 'string' THEN
            RETURN '5' || replace(value #>> '{}', E'\x01', E'\x01\x02') || E'\x01\x01';
        WHEN 'array' THEN
            RETURN '6' || coalesce((SELECT string_agg(ledger.json_key_text(e.value), '' ORDER BY e.i)
                FROM jsonb_array_elements(value) WITH ORDINALITY AS e(value, i)), '') || '0';
        ELSE
            RETURN '7' || coalesce((SELECT string_agg(
                    ledger.json_key_text(to_jsonb(m.key)) || ledger.json_key_text(m.value), '' ORDER BY m.key COLLATE "C")
                FROM jsonb_each(value) AS m), '') || '0';
    END CASE;
END
$$;

CREATE FUNCTION json_key(value jsonb) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 200 AS $$
BEGIN
    RETURN convert_to(ledger.json_key_text(value), 'UTF8');
END
$$;

-- What an index holds of it; a longer entry would be refused, and with it the block.
CREATE FUNCTION index_key(value jsonb) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 200 AS $$
BEGIN
    RETURN substring(ledger.json_key(value) FROM 1 FOR 256);
END
$$;

COMMENT ON FUNCTION json_key(jsonb) IS 'Bytes in the order of JSON values in rich queries.';
COMMENT ON FUNCTION index_key(jsonb) IS 'The first 256 bytes of json_key, for indexes.';

-- Indexes that contracts' packages ask for; each is an index "query_<id>" of "state", made beside the commits.
CREATE TABLE query_indexes (
    id     bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ledger integer NOT NULL,
    ns     bytea   NOT NULL,
    fields text    NOT NULL,
    UNIQUE (ledger, ns, fields)
);

COMMENT ON COLUMN query_indexes.fields IS 'Their paths, as a JSON array of arrays of names.';
