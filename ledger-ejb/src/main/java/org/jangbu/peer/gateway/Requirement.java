package org.jangbu.peer.gateway;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.state.StateKey;

/**
 * One policy that the endorsers of a transaction have to satisfy.
 *
 * @param namespace a chaincode's name, or {@link StateKey#namespaceOf} of one of its private collections
 * @param keyPolicy that of single keys there; empty where it is the namespace's own
 */
record Requirement(String namespace, Optional<SignaturePolicyEnvelope> keyPolicy) {
    /** The policy of a namespace. */
    static Requirement of(String namespace) {
        return new Requirement(namespace, Optional.empty());
    }

    /**
     * What committers will ask by what an endorser has said of its simulation: of several policies the nearest, and that of a chaincode at
     * least where there is no other.
     */
    static Set<Requirement> of(ChaincodeInterest interest) {
        Set<Requirement> required = new LinkedHashSet<>();
        for (ChaincodeCall call : interest.getChaincodesList()) {
            Set<Requirement> own = new LinkedHashSet<>();
            call.getKeyPoliciesList().forEach(policy -> own.add(new Requirement(call.getName(), Optional.of(policy))));
            call.getCollectionNamesList()
                    .forEach(collection -> own.add(of(StateKey.namespaceOf(call.getName(), collection))));
            boolean byChaincode = !call.getNoPublicWrites() && !call.getDisregardNamespacePolicy();
            if (byChaincode || own.isEmpty()) {
                own.add(of(call.getName()));
            }
            required.addAll(own);
        }
        return required;
    }
}
