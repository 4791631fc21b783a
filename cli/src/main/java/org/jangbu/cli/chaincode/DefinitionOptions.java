package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A chaincode's definition as flags, those of Fabric's peer. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DefinitionOptions {
    @Mixin
    private ChaincodeOptions chaincode;

    @Option(
            names = {"-v", "--version"},
            paramLabel = "VERSION",
            required = true,
            description = "Its version, any text")
    private String version;

    @Option(
            names = "--sequence",
            paramLabel = "NUMBER",
            required = true,
            description = "How many definitions there will be with this one")
    private long sequence;

    @Option(
            names = "--signature-policy",
            paramLabel = "POLICY",
            description = "Who must endorse, such as \"AND('Org1MSP.peer', 'Org2MSP.peer')\"")
    private @Nullable String signaturePolicy;

    @Option(
            names = "--channel-config-policy",
            paramLabel = "PATH",
            description = "The same by a policy of the channel; /Channel/Application/Endorsement unless told")
    private @Nullable String channelConfigPolicy;

    @Option(
            names = "--collections-config",
            paramLabel = "FILE",
            description = "Collections of private data: Fabric's collections_config.json")
    private @Nullable Path collections;

    @Option(
            names = {"-E", "--endorsement-plugin"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Another endorsement than escc")
    private String endorsementPlugin;

    @Option(
            names = {"-V", "--validation-plugin"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Another validation than vscc")
    private String validationPlugin;

    @Option(names = "--init-required", description = "The chaincode must be initialised by its first call")
    private boolean initRequired;

    ChannelId channel() {
        return chaincode.channel();
    }

    String name() {
        return chaincode.name().value();
    }

    String version() {
        return version;
    }

    long sequence() {
        if (sequence < 1) {
            throw CommandFailure.of(ExitCode.USAGE, "the sequence begins at 1");
        }
        return sequence;
    }

    String endorsementPlugin() {
        return endorsementPlugin;
    }

    String validationPlugin() {
        return validationPlugin;
    }

    boolean initRequired() {
        return initRequired;
    }

    /** The policy as the definition holds it; nothing where the channel's own counts. */
    ByteString validationParameter() {
        if (signaturePolicy != null && channelConfigPolicy != null) {
            throw CommandFailure.of(ExitCode.USAGE, "give --signature-policy or --channel-config-policy, not both");
        }
        if (signaturePolicy != null) {
            return ApplicationPolicy.newBuilder()
                    .setSignaturePolicy(policy(signaturePolicy))
                    .build()
                    .toByteString();
        }
        return channelConfigPolicy == null
                ? ByteString.EMPTY
                : ApplicationPolicy.newBuilder()
                        .setChannelConfigPolicyReference(channelConfigPolicy)
                        .build()
                        .toByteString();
    }

    CollectionConfigPackage collections() {
        return collections == null ? CollectionConfigPackage.getDefaultInstance() : CollectionsFile.read(collections);
    }

    static SignaturePolicyEnvelope policy(String text) {
        try {
            return PolicyLanguage.parse(text);
        } catch (PolicySyntaxException e) {
            throw CommandFailure.of(ExitCode.USAGE, "no policy: " + e.getMessage(), e);
        }
    }
}
