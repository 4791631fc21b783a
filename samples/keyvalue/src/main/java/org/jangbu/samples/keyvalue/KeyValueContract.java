package org.jangbu.samples.keyvalue;

import java.util.StringJoiner;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Info;
import org.hyperledger.fabric.contract.annotation.License;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;

/**
 * Values under keys. {@link #put} writes blindly (no read, so no conflict), {@link #increment} reads what it writes, {@link #count} reads a
 * range: between them every kind of read/write set can be made.
 */
@Contract(
        name = "KeyValueContract",
        info =
                @Info(
                        title = "Key and value",
                        description = "Values under keys",
                        version = "1.0",
                        license = @License(name = "Apache-2.0")))
@Default
public final class KeyValueContract implements ContractInterface {
    /** Writes a value without looking at what was there; an empty value deletes the key. */
    @Transaction(intent = Transaction.TYPE.SUBMIT)
    public void put(Context context, String key, String value) {
        context.getStub().putStringState(key, value);
    }

    /** Removes a key. */
    @Transaction(intent = Transaction.TYPE.SUBMIT)
    public void delete(Context context, String key) {
        context.getStub().delState(key);
    }

    /** The value of a key; refuses with NOT_FOUND where there is none. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String get(Context context, String key) {
        byte[] value = context.getStub().getState(key);
        if (value == null || value.length == 0) {
            throw new ChaincodeException("there is no value under this key", "NOT_FOUND");
        }
        return context.getStub().getStringState(key);
    }

    /** Adds one to the number under a key (0 where there is none) and answers the sum. */
    @Transaction(intent = Transaction.TYPE.SUBMIT)
    public long increment(Context context, String key) {
        String before = context.getStub().getStringState(key);
        try {
            long after = Math.addExact(before.isEmpty() ? 0 : Long.parseLong(before), 1);
            context.getStub().putStringState(key, Long.toString(after));
            return after;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new ChaincodeException("no number that can grow stands under this key", "NOT_A_NUMBER", e);
        }
    }

    /** The keys of the values that match a rich query, with a comma between them. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String find(Context context, String query) throws Exception {
        try (QueryResultsIterator<KeyValue> rows = context.getStub().getQueryResult(query)) {
            return keys(rows);
        }
    }

    /** One page of them, and behind a line feed the bookmark with which the next one begins. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String findPage(Context context, String query, int size, String bookmark) throws Exception {
        try (QueryResultsIteratorWithMetadata<KeyValue> rows =
                context.getStub().getQueryResultWithPagination(query, size, bookmark)) {
            return keys(rows) + '\n' + rows.getMetadata().getBookmark();
        }
    }

    private static String keys(Iterable<KeyValue> rows) {
        StringJoiner keys = new StringJoiner(",");
        rows.forEach(row -> keys.add(row.getKey()));
        return keys.toString();
    }

    /** Counts the keys from {@code start} to before {@code end} and writes the count under {@code total}. */
    @Transaction(intent = Transaction.TYPE.SUBMIT)
    public long count(Context context, String start, String end, String total) throws Exception {
        long found = 0;
        try (QueryResultsIterator<KeyValue> keys = context.getStub().getStateByRange(start, end)) {
            for (KeyValue ignored : keys) {
                found++;
            }
        }
        context.getStub().putStringState(total, Long.toString(found));
        return found;
    }
}
