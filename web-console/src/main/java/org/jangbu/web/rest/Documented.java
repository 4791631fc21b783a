package org.jangbu.web.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jangbu.web.view.Content;
import org.jangbu.web.view.DefinitionView;

/** Shapes that exist only in the OpenAPI document: request bodies, which are read by hand. */
final class Documented {
    private Documented() {}

    /** A call of a chaincode's function. */
    @Schema(name = "Call", description = "A call of a chaincode's function")
    record Call(
            @Schema(required = true, examples = "transfer") Content function,
            @Schema(examples = "[\"A\", \"B\", \"1000\"]") Optional<List<Content>> args,

            @Schema(name = "transient", description = "Seen by the chaincode, never written to the ledger")
            Optional<Map<String, Content>> transientData,

            @Schema(description = "This is the one call that initialises a chaincode whose definition asks for it")
            Optional<Boolean> init) {}

    /** New revocation lists of an organisation. */
    @Schema(name = "NewRevocationLists", description = "Lists of an organisation's authorities, as gencrl answers them")
    record NewLists(
            @Schema(required = true, examples = "Org1MSP") String mspId,

            @Schema(required = true, description = "PEM, or DER in Base64")
            List<Content> lists) {}

    /** An update and whoever is to sign it at home. */
    @Schema(name = "UpdateToSign")
    record ToSign(
            @Schema(required = true, format = "byte", description = "common.ConfigUpdate")
            String update,

            @Schema(required = true, format = "byte", description = "msp.SerializedIdentity")
            String signer) {}

    /** An update and the signatures gathered for it. */
    @Schema(name = "SignedUpdate")
    record SignedUpdate(
            @Schema(required = true, format = "byte", description = "common.ConfigUpdate")
            String update,

            @Schema(description = "common.ConfigSignature, each as {\"base64\": …}")
            List<Content> signatures) {}

    /** Two configurations of a channel. */
    @Schema(name = "TwoConfigurations")
    record TwoConfigs(
            @Schema(required = true, examples = "channel1") String channel,

            @Schema(required = true, format = "byte", description = "common.Config")
            String original,

            @Schema(required = true, format = "byte", description = "common.Config")
            String updated) {}

    /** What somebody decides who founds a channel. */
    @Schema(
            name = "ChannelProfile",
            description = "A channel that is to be founded; what is left out has Fabric's or the orderer's defaults")
    record Profile(
            @Schema(required = true, examples = "channel2") String channel,

            @Schema(description = "The orderer's, unless another is meant")
            Optional<String> consortium,

            @Schema(description = "The orderer's own, unless others are meant")
            Optional<List<OrderingOrganization>> ordererOrganizations,

            @Schema(required = true) List<TransactingOrganization> organizations,

            Optional<BatchRules> batch,

            @Schema(enumeration = {"TIMESTAMP", "ARRIVAL"}) Optional<String> order) {}

    /** An organisation that orders. */
    @Schema(name = "OrderingOrganization")
    record OrderingOrganization(
            @Schema(required = true, examples = "OrdererMSP")
            String mspId,

            @Schema(format = "byte", description = "msp.MSPConfig; where it is left out the orderer's own")
            Optional<String> msp,

            @Schema(examples = "[\"orderer.example.com:7050\"]")
            Optional<List<String>> addresses) {}

    /** An organisation that transacts. */
    @Schema(name = "TransactingOrganization")
    record TransactingOrganization(
            @Schema(required = true, examples = "Org2MSP") String mspId,

            @Schema(format = "byte", description = "msp.MSPConfig; where it is left out the consortium's member")
            Optional<String> msp,

            @Schema(examples = "[\"peer0.org2.example.com:9051\"]")
            Optional<List<String>> anchorPeers,

            Optional<PeerRoles> roles) {}

    /** Nodes by their roles. */
    @Schema(name = "PeerRoles", description = "Where a role is left out, each peer's own settings decide")
    record PeerRoles(Optional<List<String>> endorsing, Optional<List<String>> leading) {}

    /** When a block is cut. */
    @Schema(name = "BatchRules")
    record BatchRules(
            Optional<Integer> maxMessageCount,
            Optional<Integer> absoluteMaxBytes,
            Optional<Integer> preferredMaxBytes,
            @Schema(examples = "200ms") Optional<String> timeout) {}

    /** One Fabric message. */
    @Schema(name = "Message", description = "One Fabric message in Base64")
    record Message(@Schema(required = true, format = "byte") String message) {}

    /** A chaincode's definition. */
    @Schema(
            name = "Definition",
            description = "A chaincode's definition: one policy at most; without one the channel's Endorsement policy")
    record Definition(
            @Schema(required = true, description = "1 for the first, then one more each time")
            Optional<Long> sequence,

            @Schema(required = true, examples = "1.0") String version,

            @Schema(description = "What the organisation's peers run; counts in approvals")
            Optional<String> packageId,

            @Schema(examples = "AND('Org1MSP.peer','Org2MSP.peer')")
            Optional<String> signaturePolicy,

            @Schema(examples = "/Channel/Application/Endorsement")
            Optional<String> channelConfigPolicy,

            @Schema(description = "escc unless told") Optional<String> endorsementPlugin,

            @Schema(description = "vscc unless told") Optional<String> validationPlugin,

            Optional<Boolean> initRequired,

            @Schema(description = "As in Fabric's collections_config.json")
            Optional<List<DefinitionView.Collection>> collections) {}
}
