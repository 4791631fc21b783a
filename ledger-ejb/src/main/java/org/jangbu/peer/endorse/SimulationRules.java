package org.jangbu.peer.endorse;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.state.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * How much one transaction may do, and what does not go together in one: Fabric's rules. A limit once passed fails the proposal even if the
 * contract swallows the exception. Not thread-safe.
 */
final class SimulationRules {
    private final String txId;
    private final SimulationLimits limits;
    private final Set<StateKey> written = new HashSet<>();
    private long writtenBytes;
    private int queriedRows;
    private boolean pagedQuery;
    private boolean privateQuery;
    private @Nullable ChaincodeHostException passed;

    SimulationRules(String txId, SimulationLimits limits) {
        this.txId = txId;
        this.limits = limits;
    }

    /** The keys that are written, private ones in clear. */
    Set<StateKey> written() {
        return written;
    }

    /** The limit that was passed, if one was. */
    Optional<ChaincodeHostException> passed() {
        return Optional.ofNullable(passed);
    }

    /** @param reads how many there were */
    void beforeRead(int reads) {
        if (reads >= limits.reads()) {
            throw passed("the transaction reads more than " + limits.reads() + " keys and ranges");
        }
    }

    /** A row of a rich query. */
    void beforeRow() {
        if (++queriedRows > limits.reads()) {
            throw passed("the transaction's rich queries read more than " + limits.reads() + " rows");
        }
    }

    /** A range or query; of all rows if the page's size is 0. */
    void beforePage(int pageSize) {
        if (pageSize > 0) {
            if (!written.isEmpty()) {
                throw unsupported("Paginated queries are supported only in a read-only transaction");
            }
            pagedQuery = true;
        }
    }

    /** A range or query of private values. */
    void beforePrivateQuery() {
        if (!written.isEmpty()) {
            throw unsupported("Queries on pvt data is supported only in a read-only transaction");
        }
        privateQuery = true;
    }

    /** @param size of the value, or of the metadata */
    void beforeWrite(StateKey key, int size) {
        KeyRules.check(key);
        if (privateQuery) {
            throw unsupported("Transaction has already performed queries on pvt data. Writes are not allowed");
        }
        if (pagedQuery) {
            throw unsupported("Transaction has already performed a paginated query. Writes are not allowed");
        }
        if (written.add(key) && written.size() > limits.writes()) {
            throw passed("the transaction writes more than " + limits.writes() + " keys");
        }
        writtenBytes += key.key().length() + (long) size;
        if (writtenBytes > limits.writeBytes()) {
            throw passed("the transaction writes more than " + limits.writeBytes() + " bytes");
        }
    }

    private ChaincodeHostException unsupported(String why) {
        return new ChaincodeHostException("txid [" + txId + "]: unsupported transaction. " + why);
    }

    private ChaincodeHostException passed(String limit) {
        ChaincodeHostException failure = new ChaincodeHostException(limit);
        passed = failure;
        return failure;
    }
}
