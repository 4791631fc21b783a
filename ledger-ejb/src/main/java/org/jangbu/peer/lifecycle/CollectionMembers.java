package org.jangbu.peer.lifecycle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.MspId;

/** Collections whose values the peers of an organisation hold: its implicit ones, and those whose definition names it among the members. */
public record CollectionMembers(MspId organization) implements CollectionMembership {
    @Override
    public boolean isMember(String chaincode, String collection, StateReader state) {
        if (ImplicitCollection.organization(collection).isPresent()) {
            return collection.equals(ImplicitCollection.of(organization));
        }
        return definition(chaincode, collection, state)
                .filter(config -> organizations(config).contains(organization.value()))
                .isPresent();
    }

    @Override
    public Lifetime lifetime(String chaincode, String collection, StateReader state) {
        return definition(chaincode, collection, state)
                .map(StaticCollectionConfig::getBlockToLive)
                .filter(blocks -> blocks > 0)
                .map(Lifetime::new)
                .orElse(Lifetime.UNLIMITED);
    }

    private static Optional<StaticCollectionConfig> definition(String chaincode, String collection, StateReader state) {
        return ChaincodeName.isValid(chaincode)
                ? new StateDefinitions(state)
                        .find(new ChaincodeName(chaincode))
                        .flatMap(definition -> definition.collection(collection))
                : Optional.empty();
    }

    /** The MSP ids that a collection's member policy names. */
    public static Set<String> organizations(StaticCollectionConfig collection) {
        Set<String> organizations = new HashSet<>();
        for (MSPPrincipal principal :
                collection.getMemberOrgsPolicy().getSignaturePolicy().getIdentitiesList()) {
            organization(principal).ifPresent(organizations::add);
        }
        return organizations;
    }

    /** Of which organisation a principal is; empty if it names none, or cannot be read. */
    private static Optional<String> organization(MSPPrincipal principal) {
        ByteString content = principal.getPrincipal();
        try {
            return switch (principal.getPrincipalClassification()) {
                case ROLE -> Optional.of(MSPRole.parseFrom(content).getMspIdentifier());
                case ORGANIZATION_UNIT ->
                    Optional.of(OrganizationUnit.parseFrom(content).getMspIdentifier());
                case IDENTITY ->
                    Optional.of(SerializedIdentity.parseFrom(content).getMspid());
                default -> Optional.empty();
            };
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
