package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.jangbu.cli.run.Output.Facts;
import org.jangbu.msp.policy.PolicyLanguage;

/** A definition as it is shown. */
final class DefinitionFacts {
    private DefinitionFacts() {}

    static Facts of(String name, String version, long sequence) {
        return new Facts().with("name", name).with("version", version).with("sequence", sequence);
    }

    static Facts more(Facts facts, String endorsement, String validation, ByteString parameter, boolean init) {
        return facts.with("endorsement_plugin", endorsement)
                .with("validation_plugin", validation)
                .with("policy", policy(parameter))
                .with("init_required", init);
    }

    static Facts collections(Facts facts, CollectionConfigPackage collections) {
        return collections.getConfigCount() == 0
                ? facts
                : facts.with(
                        "collections",
                        collections.getConfigList().stream()
                                .map(one -> one.getStaticCollectionConfig().getName())
                                .toList());
    }

    private static String policy(ByteString parameter) {
        try {
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(parameter);
            return policy.hasSignaturePolicy()
                    ? PolicyLanguage.describe(policy.getSignaturePolicy())
                    : policy.getChannelConfigPolicyReference();
        } catch (InvalidProtocolBufferException e) {
            return "unreadable";
        }
    }
}
