package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.peer.validate.KeyPolicy;

/**
 * Whose policies a transaction must satisfy, as a gateway asks it: those of the keys that have one of their own, and for the others those of
 * their collections and of their chaincodes. The chaincode invoked is always named.
 */
final class WriteInterest {
    private WriteInterest() {}

    /**
     * Of one simulation. The keys' own policies are looked up in the state now, without a trace in the read set, as in Fabric: by this a gateway
     * tells whom to ask, no committer relies on it.
     */
    static ChaincodeInterest of(String invoked, Simulation simulation) {
        StateReader state = simulation.state();
        Map<String, Written> chaincodes = new LinkedHashMap<>();
        chaincodes.put(invoked, new Written());
        List<StateKey> keys = simulation.written();
        List<StateKey> looked = keys.stream()
                .filter(key -> state.mayHoldMetadata(key.namespace()))
                .toList();
        Map<StateKey, VersionedValue> found = looked.isEmpty() ? Map.of() : state.getAll(looked);
        keys.forEach(key -> chaincodes
                .computeIfAbsent(key.chaincode(), name -> new Written())
                .add(key, KeyPolicy.of(found.get(key))));
        ChaincodeInterest.Builder interest = ChaincodeInterest.newBuilder();
        chaincodes.forEach(
                (name, written) -> interest.addChaincodes(written.call(name, !simulation.readsPrivateValues())));
        return interest.build();
    }

    /** What is written in the namespace of one chaincode. */
    private static final class Written {
        private final Set<String> collections = new LinkedHashSet<>();
        private final Set<ByteString> keyPolicies = new LinkedHashSet<>();
        private boolean publicly;
        private boolean byChaincode;

        void add(StateKey key, ByteString policy) {
            boolean isPublic = key.collection().isEmpty();
            publicly |= isPublic;
            if (!policy.isEmpty()) {
                keyPolicies.add(policy);
            } else if (isPublic) {
                byChaincode = true;
            } else {
                collections.add(key.collection());
            }
        }

        ChaincodeCall call(String name, boolean noPrivateReads) {
            ChaincodeCall.Builder call = ChaincodeCall.newBuilder()
                    .setName(name)
                    .addAllCollectionNames(collections)
                    .setNoPrivateReads(noPrivateReads)
                    .setNoPublicWrites(!publicly)
                    .setDisregardNamespacePolicy(!keyPolicies.isEmpty() && !byChaincode);
            keyPolicies.forEach(policy -> call.addKeyPolicies(readable(policy)));
            return call.build();
        }

        /** An empty one, which nobody satisfies, where committers will find that the key's cannot be read. */
        private static SignaturePolicyEnvelope readable(ByteString policy) {
            try {
                return SignaturePolicyEnvelope.parseFrom(policy);
            } catch (InvalidProtocolBufferException e) {
                return SignaturePolicyEnvelope.getDefaultInstance();
            }
        }
    }
}
