package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/**
 * Which private collections a chaincode may touch in one transaction: the implicit ones of the channel's organisations, and those of its
 * definition, where these may be for members' clients alone. While it is initialised, none: Fabric's rule.
 *
 * @param definition empty for a system chaincode
 * @param init whether the chaincode is being initialised; those that it calls are not
 */
record CollectionAccess(
        String chaincode,
        Optional<ChaincodeDefinition> definition,
        ChannelConfig config,
        ByteString creator,
        boolean init) {

    void checkRead(String collection) {
        Optional<StaticCollectionConfig> explicit = find(collection);
        if (explicit.isPresent() && explicit.get().getMemberOnlyRead() && !isMember(explicit.get())) {
            throw refused("read", collection);
        }
    }

    void checkWrite(String collection) {
        Optional<StaticCollectionConfig> explicit = find(collection);
        if (explicit.isPresent() && explicit.get().getMemberOnlyWrite() && !isMember(explicit.get())) {
            throw refused("write", collection);
        }
    }

    /** Refuses a collection that is not there, so that only hashes are asked of it that could be. */
    void checkExists(String collection) {
        find(collection);
    }

    /** The collection's definition; empty for an implicit one. */
    private Optional<StaticCollectionConfig> find(String collection) {
        if (init) {
            throw new ChaincodeHostException("private data APIs are not allowed in chaincode Init()");
        }
        Optional<String> organization = ImplicitCollection.organization(collection);
        if (organization.isPresent()) {
            boolean there = config.applicationOrganizations().stream()
                    .anyMatch(o -> o.mspId().value().equals(organization.get()));
            if (there) {
                return Optional.empty();
            }
        } else if (definition.isPresent()) {
            Optional<StaticCollectionConfig> explicit = definition.get().collection(collection);
            if (explicit.isPresent()) {
                return explicit;
            }
        }
        throw new ChaincodeHostException("collection [" + Quoted.brief(collection)
                + "] not defined in the collection config for chaincode [" + chaincode + "]");
    }

    private boolean isMember(StaticCollectionConfig collection) {
        try {
            Identity client = config.membership().deserialize(creator);
            return SignaturePolicy.of(collection.getMemberOrgsPolicy().getSignaturePolicy(), config.membership())
                    .isSatisfiedBy(List.of(client));
        } catch (IdentityException | PolicyException e) {
            return false;
        }
    }

    private ChaincodeHostException refused(String what, String collection) {
        return new ChaincodeHostException("tx creator does not have " + what
                + " access permission on privatedata in chaincodeName:" + chaincode + " collectionName: " + collection);
    }
}
