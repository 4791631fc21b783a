package org.jangbu.peer.host.contract;

import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeException;

/** Purses with money in them, and one function for each way to misbehave. */
@Contract(name = "purse")
@Default
public final class Purse implements ContractInterface {
    @Transaction
    public void open(Context context, String name, long amount) {
        context.getStub().putStringState(name, Long.toString(amount));
    }

    @Transaction
    public long transfer(Context context, String from, String to, long amount) {
        long left = balance(context, from) - amount;
        if (left < 0) {
            throw new ChaincodeException(from + " has not enough", "INSUFFICIENT");
        }
        context.getStub().putStringState(from, Long.toString(left));
        context.getStub().putStringState(to, Long.toString(balance(context, to) + amount));
        return left;
    }

    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public long balance(Context context, String name) {
        String amount = context.getStub().getStringState(name);
        if (amount.isEmpty()) {
            throw new ChaincodeException("there is no purse " + name, "UNKNOWN");
        }
        return Long.parseLong(amount);
    }

    /** Never ends. */
    @Transaction
    public long spin(Context context) {
        long turns = 0;
        while (!context.getStub().getTxId().isEmpty()) {
            turns++;
        }
        return turns;
    }

    /** Answers differently on every peer. */
    @Transaction
    public void whim(Context context) {
        context.getStub().putStringState("whim", Long.toString(System.nanoTime()));
    }
}
