package org.jangbu.samples.remittance;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.hyperledger.fabric.shim.ChaincodeStub;

/** The accounts on the ledger. */
record Accounts(ChaincodeStub stub) {
    boolean exists(String name) {
        return stub.getState(Account.checkedName(name)).length > 0;
    }

    Account get(String name) {
        byte[] stored = stub.getState(Account.checkedName(name));
        if (stored.length == 0) {
            throw Refusal.UNKNOWN_ACCOUNT.because("There is no account " + name);
        }
        return Account.parse(name, stored);
    }

    void put(Account account) {
        stub.putState(account.name(), account.json().getBytes(UTF_8));
    }
}
