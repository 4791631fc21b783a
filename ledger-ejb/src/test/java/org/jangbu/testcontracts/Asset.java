package org.jangbu.testcontracts;

import org.hyperledger.fabric.contract.annotation.DataType;
import org.hyperledger.fabric.contract.annotation.Property;

/** An argument and an answer with members. */
@DataType
public final class Asset {
    @Property
    private String id = "";

    @Property
    private int worth;

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public int getWorth() {
        return worth;
    }

    public void setWorth(int worth) {
        this.worth = worth;
    }
}
