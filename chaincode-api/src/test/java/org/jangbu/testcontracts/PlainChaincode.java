package org.jangbu.testcontracts;

import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;

/** A chaincode of the old kind, without the contract API. */
public final class PlainChaincode extends ChaincodeBase {
    @Override
    public Response init(ChaincodeStub stub) {
        return new Response(200, "initialised", new byte[0]);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        return switch (stub.getFunction()) {
            case "refuse" -> new Response(404, "not here", new byte[] {4});
            case "fail" -> throw new IllegalStateException("failed");
            default ->
                new Response(200, "ok", stub.getState(stub.getParameters().get(0)));
        };
    }
}
