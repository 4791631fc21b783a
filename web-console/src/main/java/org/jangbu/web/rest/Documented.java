package org.jangbu.web.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jangbu.web.view.Content;

/** Shapes that exist only in the OpenAPI document: request bodies, which are read by hand. */
final class Documented {
    private Documented() {}

    /** A call of a chaincode's function. */
    @Schema(name = "Call", description = "A call of a chaincode's function")
    record Call(
            @Schema(required = true, examples = "transfer") Content function,
            @Schema(examples = "[\"A\", \"B\", \"1000\"]") Optional<List<Content>> args,

            @Schema(name = "transient", description = "Seen by the chaincode, never written to the ledger")
            Optional<Map<String, Content>> transientData) {}

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

    /** One Fabric message. */
    @Schema(name = "Message", description = "One Fabric message in Base64")
    record Message(@Schema(required = true, format = "byte") String message) {}
}
