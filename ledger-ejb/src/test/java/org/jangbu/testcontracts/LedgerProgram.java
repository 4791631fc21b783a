package org.jangbu.testcontracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Iterator;
import java.util.List;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.ContractRuntimeException;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.CompositeKey;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;

/** Does what its arguments say, step by step, and tells all it has seen. Made to be run in two places that must not differ. */
@Contract(name = "program")
@Default
public final class LedgerProgram implements ContractInterface {
    /** Runs steps, each one line: a verb and its words. A step that is refused says so, and the next one follows. */
    @Transaction
    public String run(Context context, String steps) {
        StringBuilder seen = new StringBuilder();
        for (String step : steps.split("\n", -1)) {
            List<String> words = List.of(step.split(" ", -1));
            String result;
            try {
                result = step(context, words);
            } catch (ContractRuntimeException e) {
                result = "refused"; // in the peer's own words here, in the shim's there
            } catch (ChaincodeException e) {
                throw e;
            } catch (RuntimeException e) {
                result = "refused by the shim";
            }
            seen.append(words.get(0)).append('=').append(result).append('\n');
        }
        return seen.toString();
    }

    /** An asset, to see types of a contract's own on their way. */
    @Transaction
    public Asset enrich(Context context, Asset asset, int by) {
        asset.setWorth(asset.getWorth() + by);
        return asset;
    }

    private static String step(Context context, List<String> words) {
        ChaincodeStub stub = context.getStub();
        String first = words.size() > 1 ? words.get(1) : "";
        String second = words.size() > 2 ? words.get(2) : "";
        String third = words.size() > 3 ? words.get(3) : "";
        return switch (words.get(0)) {
            case "put" -> {
                stub.putState(first, second.getBytes(UTF_8));
                yield "";
            }
            case "delete" -> {
                stub.delState(first);
                yield "";
            }
            case "get" -> text(stub.getState(first));
            case "range" -> rows(stub.getStateByRange(first, second), Integer.parseInt(third));
            case "page" -> page(stub, first, Integer.parseInt(second), third);
            case "putComposite" -> {
                stub.putState(stub.createCompositeKey(first, second, third).toString(), new byte[] {1});
                yield "";
            }
            case "composite" -> rows(stub.getStateByPartialCompositeKey(first, second), Integer.parseInt(third));
            case "history" -> history(stub.getHistoryForKey(first), Integer.parseInt(second));
            case "event" -> {
                stub.setEvent(first, second.getBytes(UTF_8));
                yield "";
            }
            case "policy" -> {
                stub.setStateValidationParameter(first, second.getBytes(UTF_8));
                yield "";
            }
            case "policyOf" -> text(stub.getStateValidationParameter(first));
            case "putPrivate" -> {
                stub.putPrivateData(first, second, third.getBytes(UTF_8));
                yield "";
            }
            case "getPrivate" -> text(stub.getPrivateData(first, second));
            case "privateRange" -> rows(stub.getPrivateDataByRange(first, second, third), Integer.MAX_VALUE);
            case "privateComposite" -> {
                CompositeKey key = stub.createCompositeKey(second, third);
                yield rows(stub.getPrivateDataByPartialCompositeKey(first, key), Integer.MAX_VALUE);
            }
            case "purgePrivate" -> {
                stub.purgePrivateData(first, second);
                yield "";
            }
            case "hash" -> Integer.toString(stub.getPrivateDataHash(first, second).length);
            case "call" ->
                stub.invokeChaincodeWithStringArgs(first, List.of("run", second))
                        .getMessage();
            case "query" -> rows(stub.getQueryResult(first), Integer.parseInt(second));
            case "queryPage" -> {
                QueryResultsIteratorWithMetadata<KeyValue> page =
                        stub.getQueryResultWithPagination(first, Integer.parseInt(second), third);
                yield page(page);
            }
            case "who" ->
                context.getClientIdentity().getMSPID()
                        + context.getClientIdentity().getId()
                        + stub.getTxId()
                        + stub.getChannelId()
                        + stub.getTxTimestamp();
            case "transient" -> text(stub.getTransient().get(first));
            case "refuse" -> throw new ChaincodeException(first, second);
            case "fail" -> throw new Error(first);
            default -> throw new IllegalArgumentException("no such step");
        };
    }

    private static String rows(QueryResultsIterator<KeyValue> rows, int most) {
        String seen = rows(rows.iterator(), most);
        close(rows);
        return seen;
    }

    private static String rows(Iterator<KeyValue> rows, int most) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; rows.hasNext() && i < most; i++) {
            KeyValue row = rows.next();
            seen.append(row.getKey()).append(':').append(row.getStringValue()).append(';');
        }
        return seen.toString();
    }

    private static String page(ChaincodeStub stub, String start, int size, String bookmark) {
        return page(stub.getStateByRangeWithPagination(start, "", size, bookmark));
    }

    private static String page(QueryResultsIteratorWithMetadata<KeyValue> page) {
        String seen = rows(page.iterator(), Integer.MAX_VALUE)
                + page.getMetadata().getFetchedRecordsCount()
                + page.getMetadata().getBookmark();
        close(page);
        return seen;
    }

    private static void close(AutoCloseable rows) {
        try {
            rows.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String history(QueryResultsIterator<KeyModification> rows, int most) {
        StringBuilder seen = new StringBuilder();
        int left = most;
        for (KeyModification row : rows) {
            seen.append(row.getTxId())
                    .append(row.getTimestamp())
                    .append(row.isDeleted())
                    .append(row.getStringValue())
                    .append(';');
            left--;
            if (left <= 0) {
                break;
            }
        }
        return seen.toString();
    }

    private static String text(byte[] value) {
        return value == null ? "none" : new String(value, UTF_8);
    }
}
