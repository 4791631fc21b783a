package org.hyperledger.fabric.samples;

import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;

/** A contract whose package begins as the shim's do. */
@Contract(name = "beside")
@Default
public final class BesideTheShim implements ContractInterface {
    @Transaction
    public String echo(Context context, String text) {
        return text;
    }
}
