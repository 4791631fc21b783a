package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.MspId;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/** Definitions of chaincode {@code cc} of which only the collections matter. */
final class Definition {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Definition() {}

    /** A transaction that writes the definition where a peer looks for it. */
    static Writes of(List<StaticCollectionConfig> collections) {
        CollectionConfigPackage.Builder all = CollectionConfigPackage.newBuilder();
        collections.forEach(
                collection -> all.addConfig(CollectionConfig.newBuilder().setStaticCollectionConfig(collection)));
        ChaincodeName name = new ChaincodeName(PrivateTransaction.CHAINCODE);
        ByteString metadata = StateMetadata.newBuilder()
                .setDatatype(LifecycleKeys.DEFINITION_TYPE)
                .addFields(LifecycleKeys.COLLECTIONS)
                .build()
                .toByteString();
        ByteString field = StateData.newBuilder()
                .setBytes(all.build().toByteString())
                .build()
                .toByteString();
        return Writes.by("definition" + NUMBER.incrementAndGet())
                .put(LifecycleKeys.NAMESPACE, LifecycleKeys.metadata(name).key(), metadata)
                .put(
                        LifecycleKeys.NAMESPACE,
                        LifecycleKeys.field(name, LifecycleKeys.COLLECTIONS).key(),
                        field);
    }

    /** A collection whose members are the members of those organisations. */
    static StaticCollectionConfig collection(String name, long lifetime, MspId... members) {
        SignaturePolicyEnvelope.Builder policy = SignaturePolicyEnvelope.newBuilder();
        for (MspId member : members) {
            policy.addIdentities(MSPPrincipal.newBuilder()
                    .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                    .setPrincipal(MSPRole.newBuilder()
                            .setMspIdentifier(member.value())
                            .setRole(MSPRole.MSPRoleType.MEMBER)
                            .build()
                            .toByteString()));
        }
        return StaticCollectionConfig.newBuilder()
                .setName(name)
                .setBlockToLive(lifetime)
                .setMemberOrgsPolicy(CollectionPolicyConfig.newBuilder().setSignaturePolicy(policy))
                .build();
    }
}
