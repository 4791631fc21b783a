package org.jangbu.testcontracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeException;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;

/** Shows what Fabric's rules make of what a contract does. */
@SuppressWarnings("DoNotCallSuggester") // failing is what they are for
@Contract(name = "semantics")
@Default
public final class SemanticsContract implements ContractInterface {
    private int calls;

    @Override
    public void afterTransaction(Context context, Object result) {
        if ("fail afterwards".equals(result)) {
            throw new IllegalStateException("afterwards");
        }
    }

    @Transaction
    public void refuse(Context context) {
        throw new ChaincodeException("refused", "CODE");
    }

    @Transaction
    public void fail(Context context) {
        throw new IllegalStateException("a secret of the contract");
    }

    @Transaction
    public String failAfterwards(Context context) {
        return "fail afterwards";
    }

    @Transaction
    public String echo(Context context, String text) {
        return text;
    }

    @Transaction
    public void event(Context context, String name) {
        context.getStub().setEvent("first", new byte[] {1});
        context.getStub().setEvent(name, null);
    }

    @Transaction
    public int calls(Context context) {
        return ++calls;
    }

    @Transaction
    public String ownWrites(Context context) {
        ChaincodeStub stub = context.getStub();
        stub.putStringState("own", "new");
        return stub.getStringState("own") + "/" + stub.getState("missing").length;
    }

    @Transaction
    public void put(Context context, String key, String value) {
        context.getStub().putStringState(key, value);
    }

    @Transaction
    public String readHalfACharacter(Context context) {
        return context.getStub().getStringState("\ud800");
    }

    @Transaction
    public String page(Context context, String bookmark) {
        List<String> keys = new ArrayList<>();
        try (QueryResultsIteratorWithMetadata<KeyValue> rows =
                context.getStub().getStateByRangeWithPagination("", "", 2, bookmark)) {
            rows.forEach(row -> keys.add(row.getKey()));
            return keys + " " + rows.getMetadata().getFetchedRecordsCount() + " "
                    + rows.getMetadata().getBookmark();
        }
    }

    @Transaction
    public String query(Context context, String query) {
        return rows(context.getStub().getQueryResult(query));
    }

    @Transaction
    public String queryPage(Context context, String query, String bookmark) {
        var page = context.getStub().getQueryResultWithPagination(query, 2, bookmark);
        return rows(page) + page.getMetadata().getFetchedRecordsCount() + " "
                + page.getMetadata().getBookmark();
    }

    private static String rows(Iterable<KeyValue> rows) {
        StringBuilder seen = new StringBuilder();
        rows.forEach(row -> seen.append(row.getKey())
                .append('=')
                .append(row.getStringValue())
                .append(' '));
        return seen.toString();
    }

    @Transaction
    public String composite(Context context) {
        ChaincodeStub stub = context.getStub();
        stub.putStringState(stub.createCompositeKey("asset", "b", "1").toString(), "x");
        List<String> found = new ArrayList<>();
        stub.getStateByPartialCompositeKey("asset", "b")
                .forEach(row ->
                        found.add(stub.splitCompositeKey(row.getKey()).getAttributes() + "=" + row.getStringValue()));
        return found.toString();
    }

    @Transaction
    public String validationParameter(Context context) {
        byte[] found = context.getStub().getStateValidationParameter("key");
        context.getStub().setStateValidationParameter("key", "policy".getBytes(UTF_8));
        return found == null ? "none" : new String(found, UTF_8);
    }

    @Transaction
    public String who(Context context) {
        return context.getClientIdentity().getMSPID() + " " + context.getStub().getMspId() + " "
                + context.getStub().getTxTimestamp() + " " + context.getStub().getChannelId();
    }

    @Transaction
    public Asset paint(Context context, Asset asset, String colour) {
        asset.setColour(colour);
        return asset;
    }
}
