package org.jangbu.model;

import java.util.Optional;

/** One position of a block: what its bytes turned out to be. */
public sealed interface ParsedTransaction {
    /** The envelope, where at least its headers could be read. */
    Optional<ParsedEnvelope> envelope();

    /** An endorser transaction, readable to its end. */
    record Endorser(EndorserTransaction transaction) implements ParsedTransaction {
        @Override
        public Optional<ParsedEnvelope> envelope() {
            return Optional.of(transaction.envelope());
        }
    }

    /** An envelope of another type; validation says which types it knows. */
    record Other(ParsedEnvelope parsed) implements ParsedTransaction {
        @Override
        public Optional<ParsedEnvelope> envelope() {
            return Optional.of(parsed);
        }
    }

    /** Bytes that cannot be read to their end; {@code envelope} is there if the headers could. */
    record Malformed(MalformedEnvelopeException problem, Optional<ParsedEnvelope> envelope)
            implements ParsedTransaction {}
}
