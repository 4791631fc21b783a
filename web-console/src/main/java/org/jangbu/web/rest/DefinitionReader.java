package org.jangbu.web.rest;

import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.jangbu.model.ChaincodeName;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;

/**
 * Reads a chaincode's definition from JSON: policies in Fabric's language, collections as in Fabric's collections_config.json. What a member
 * holds is judged by the peers; here only its form.
 */
final class DefinitionReader {
    private static final int MOST_COLLECTIONS = 1000;

    private final Membership membership;
    private final ApproveChaincodeDefinitionForMyOrgArgs.Builder definition =
            ApproveChaincodeDefinitionForMyOrgArgs.newBuilder();
    private final CollectionConfigPackage.Builder collections = CollectionConfigPackage.newBuilder();

    private DefinitionReader(ChaincodeName name, Membership membership) {
        this.membership = membership;
        this.definition.setName(name.value());
    }

    /**
     * Reads a definition; its sequence is 0 where none is given.
     *
     * @param membership the channel's, to tell who certifies the nodes that a policy names
     */
    static ApproveChaincodeDefinitionForMyOrgArgs read(byte[] body, ChaincodeName name, Membership membership) {
        DefinitionReader reader = new DefinitionReader(name, membership);
        StrictJson.object(body, reader::member);
        if (reader.definition.getVersion().isEmpty()) {
            throw StrictJson.missing("version");
        }
        if (reader.collections.getConfigCount() > 0) {
            reader.definition.setCollections(reader.collections);
        }
        return reader.definition.build();
    }

    private boolean member(String name, StrictJson json) {
        switch (name) {
            case "sequence" -> definition.setSequence(json.number(name, 1, Long.MAX_VALUE));
            case "version" -> definition.setVersion(json.text(name));
            case "packageId" ->
                definition.setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(json.text(name))));
            case "signaturePolicy", "channelConfigPolicy" -> validation(name, json);
            case "endorsementPlugin" -> definition.setEndorsementPlugin(json.text(name));
            case "validationPlugin" -> definition.setValidationPlugin(json.text(name));
            case "initRequired" -> definition.setInitRequired(json.flag(name));
            case "collections" -> json.each(name, DefinitionReader::count, path -> collection(path, json));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void validation(String name, StrictJson json) {
        if (!definition.getValidationParameter().isEmpty()) {
            throw StrictJson.refused(name, "stands beside another policy; give one");
        }
        definition.setValidationParameter(policy(name, name, json).toByteString());
    }

    private ApplicationPolicy policy(String member, String path, StrictJson json) {
        return member.equals("signaturePolicy")
                ? ApplicationPolicy.newBuilder()
                        .setSignaturePolicy(signature(path, json.text(path)))
                        .build()
                : ApplicationPolicy.newBuilder()
                        .setChannelConfigPolicyReference(json.text(path))
                        .build();
    }

    private SignaturePolicyEnvelope signature(String path, String text) {
        try {
            return PolicyLanguage.parse(text, membership);
        } catch (PolicySyntaxException e) {
            throw StrictJson.refused(path, "is no policy: " + e.getMessage());
        }
    }

    private void collection(String path, StrictJson json) {
        StaticCollectionConfig.Builder collection = StaticCollectionConfig.newBuilder();
        json.currentMembers(path, (name, member) -> {
            String at = path + "." + name;
            switch (name) {
                case "name" -> collection.setName(member.text(at));
                case "policy" ->
                    collection.setMemberOrgsPolicy(
                            CollectionPolicyConfig.newBuilder().setSignaturePolicy(signature(at, member.text(at))));
                case "requiredPeerCount" -> collection.setRequiredPeerCount(peers(at, member));
                case "maxPeerCount" -> collection.setMaximumPeerCount(peers(at, member));
                case "blockToLive" -> collection.setBlockToLive(member.number(at, 0, Long.MAX_VALUE));
                case "memberOnlyRead" -> collection.setMemberOnlyRead(member.flag(at));
                case "memberOnlyWrite" -> collection.setMemberOnlyWrite(member.flag(at));
                case "endorsementPolicy" -> endorsement(at, member, collection);
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (collection.getName().isEmpty()) {
            throw StrictJson.missing(path + ".name");
        }
        if (!collection.hasMemberOrgsPolicy()) {
            throw StrictJson.missing(path + ".policy");
        }
        collections.addConfig(CollectionConfig.newBuilder().setStaticCollectionConfig(collection));
    }

    private static void count(int collections) {
        if (collections > MOST_COLLECTIONS) {
            throw StrictJson.refused("collections", "holds more than " + MOST_COLLECTIONS + " entries");
        }
    }

    private static int peers(String path, StrictJson json) {
        return (int) json.number(path, 0, Integer.MAX_VALUE);
    }

    private void endorsement(String path, StrictJson json, StaticCollectionConfig.Builder collection) {
        json.nested(path, (name, member) -> {
            if (!name.equals("signaturePolicy") && !name.equals("channelConfigPolicy")) {
                return false;
            }
            if (collection.hasEndorsementPolicy()) {
                throw StrictJson.refused(path, "holds two policies; give one");
            }
            collection.setEndorsementPolicy(policy(name, path + "." + name, member));
            return true;
        });
        if (!collection.hasEndorsementPolicy()) {
            throw StrictJson.refused(path, "holds no policy");
        }
    }
}
