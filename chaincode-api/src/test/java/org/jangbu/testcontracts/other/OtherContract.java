package org.jangbu.testcontracts.other;

import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;

/** Another contract, whose data type has the same simple name as the first one's. */
@Contract(name = "other")
@Default
public final class OtherContract implements ContractInterface {
    @Transaction
    public Asset weigh(Context context, Asset asset, int weight) {
        asset.setWeight(weight);
        return asset;
    }
}
