package org.jangbu.samples.remittance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.StringJoiner;
import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Info;
import org.hyperledger.fabric.contract.annotation.License;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ledger.KeyModification;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;

/**
 * Opens accounts and transfers whole won between them. Amounts are decimal text, so that no client rounds them. What is not possible is refused with a
 * message for people and, as the payload, the name of a {@link Refusal} for programs.
 */
@Contract(
        name = "remittance",
        info =
                @Info(
                        title = "Remittance",
                        description = "Accounts of whole won and transfers between them",
                        version = "1.0",
                        license = @License(name = "Apache-2.0")))
@Default
public final class RemittanceContract implements ContractInterface {
    /** Opens an account with a first balance. */
    @Transaction
    public void open(Context context, String account, String amount) {
        Accounts accounts = new Accounts(context.getStub());
        Won balance = Won.parse(amount);
        if (accounts.exists(account)) {
            throw Refusal.DUPLICATE_ACCOUNT.because("There is an account " + account + " already");
        }
        accounts.put(new Account(account, balance));
    }

    /** Moves an amount from one account to another; an event {@code transfer} tells those who listen. */
    @Transaction
    public void transfer(Context context, String from, String to, String amount) {
        Accounts accounts = new Accounts(context.getStub());
        Won moved = Won.parse(amount);
        if (from.equals(to)) {
            throw Refusal.SAME_ACCOUNT.because("A transfer needs two accounts");
        }
        Account payer = accounts.get(from);
        Account payee = accounts.get(to);
        accounts.put(payer.with(payer.balance().minus(moved)));
        accounts.put(payee.with(payee.balance().plus(moved)));
        context.getStub()
                .setEvent(
                        "transfer",
                        ("{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"amount\":" + moved + "}").getBytes(UTF_8));
    }

    /** The balance of an account, in decimal digits. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String balance(Context context, String account) {
        return new Accounts(context.getStub()).get(account).balance().toString();
    }

    /** The sum of all balances whose accounts sort from one name (inclusive) to another (exclusive; empty for no end), by the bytes of their names. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String total(Context context, String from, String to) {
        Won sum = new Won(0);
        try (QueryResultsIterator<KeyValue> rows = context.getStub().getStateByRange(from, to)) {
            for (KeyValue row : rows) {
                sum = sum.plus(Account.parse(row.getKey(), row.getValue()).balance());
            }
        }
        return sum.toString();
    }

    /** The values of an account, newest first, each with the transaction that wrote it and that transaction's time: a JSON list. */
    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public String history(Context context, String account) {
        StringJoiner list = new StringJoiner(",", "[", "]");
        try (QueryResultsIterator<KeyModification> rows =
                context.getStub().getHistoryForKey(Account.checkedName(account))) {
            for (KeyModification row : rows) {
                list.add("{\"txId\":\"" + row.getTxId() + "\",\"timestamp\":\"" + row.getTimestamp() + "\",\"balance\":"
                        + (row.isDeleted()
                                ? "null"
                                : Account.parse(account, row.getValue()).balance()) + "}");
            }
        }
        return list.toString();
    }
}
