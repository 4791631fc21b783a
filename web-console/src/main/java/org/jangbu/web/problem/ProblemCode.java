package org.jangbu.web.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every cause that REST can name. Codes are never renamed or reused: programs decide by them. */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not well-formed JSON", "Send one JSON object in UTF-8."),
    INVALID_BODY(
            400,
            "The body does not hold what is needed",
            "Compare it with the schema at /openapi; unknown members are refused."),
    INVALID_PARAMETER(400, "A part of the address or query is not valid", "See value and detail."),
    MALFORMED_MESSAGE(
            400,
            "The protobuf message cannot be read or contradicts itself",
            "Send the message as its Fabric definition says."),
    CHANNEL_MISMATCH(400, "The message is for another channel than the address", "Send it to its own channel."),
    BAD_REQUEST(400, "The request cannot be understood", "See detail."),
    UNAUTHORIZED(
            401,
            "Credentials are missing or wrong",
            "Send HTTP Basic credentials or a bearer token, or show a client certificate."),
    CERTIFICATE_REFUSED(
            401,
            "The caller's certificate is not accepted",
            "It must be of an organisation known here, within its validity, and not revoked; see detail."),
    FORBIDDEN(403, "The caller may not do this", "Ask an administrator for the role."),
    NO_IDENTITY(
            403,
            "The caller has no managed identity",
            "Sign yourself and send proposals and envelopes, or have an identity enrolled."),
    ACCESS_DENIED(
            403,
            "The signer may not do this on the channel",
            "Its certificate must be valid and satisfy the channel's policy."),
    NOT_FOUND(404, "There is nothing at this address", "See /openapi."),
    CHANNEL_NOT_FOUND(
            404,
            "No such channel here, or none that the caller may read",
            "GET /api/v1/channels lists those there are."),
    PEER_NOT_FOUND(404, "No such peer here of the caller's organisation", "GET /api/v1/peers lists those there are."),
    PACKAGE_NOT_FOUND(
            404, "The peer has no such package", "GET /api/v1/peers/{peer}/packages lists those that are installed."),
    BLOCK_NOT_FOUND(404, "The channel has no such block", "The channel's height is the number of its blocks."),
    TRANSACTION_NOT_FOUND(404, "The ledger has no such transaction", "If it was submitted a moment ago, ask again."),
    CHAINCODE_NOT_FOUND(
            404,
            "No such channel here, or no such chaincode on it",
            "The chaincode's definition must be committed on the channel."),
    FUNCTION_NOT_FOUND(
            404,
            "The contract describes no such function",
            "GET /api/v1/channels/{channel}/chaincodes/{chaincode}/openapi shows those there are."),
    METHOD_NOT_ALLOWED(405, "This address does not take that method", "See the Allow header."),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be given", "Accept application/json."),
    DUPLICATE_TRANSACTION(409, "The transaction id has been used already", "Make a new proposal with a fresh nonce."),
    ALREADY_JOINED(409, "The peer has joined this channel before", "There is nothing left to do."),
    ALREADY_INSTALLED(409, "The peer has this package already", "There is nothing left to do."),
    ALREADY_DEFINED(
            409,
            "The channel has a definition of the chaincode that is in the way",
            "See detail; GET /api/v1/channels/{channel}/chaincodes/{chaincode} shows the definition."),
    ENDORSEMENT_MISMATCH(
            409, "The endorsers' answers differ", "Compare the answers; repeat if the ledger has moved between them."),
    POLICY_UNSATISFIED(
            409,
            "Not enough endorsers can be reached to satisfy the policy",
            "Their peers must be up and have joined the channel."),
    CONFIG_UPDATE_REFUSED(
            409,
            "The configuration update does not go with the channel's configuration",
            "See detail: it names the elements, versions, policies and signatures that are in the way."),
    TRANSACTION_INVALID(
            409,
            "The transaction is in a block but did not take effect",
            "See validationCode; after a conflict of versions, submit again."),
    BODY_TOO_LARGE(413, "The body is larger than allowed", "Send less at a time."),
    ENVELOPE_TOO_LARGE(413, "The transaction is larger than the channel allows", "Write less in one transaction."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "The body's media type is not taken here", "See /openapi for what is taken at this address."),
    INVALID_PACKAGE(
            422,
            "The bytes are no chaincode package that this peer takes",
            "See detail; a package is what Fabric's peer lifecycle chaincode package writes."),
    CONTRACT_NOT_DESCRIBED(
            422,
            "The contract says nothing of its functions that could be used",
            "Call them by …/submit and …/evaluate, which need no description."),
    CHAINCODE_ERROR(422, "The chaincode refused or failed", "See chaincode for its own words."),
    INTERNAL_ERROR(500, "The server failed", "The log says more under the reference given."),
    UNAVAILABLE(503, "The server cannot do this now", "Try again after the time in Retry-After.");

    private final int status;
    private final String title;
    private final String remedy;

    ProblemCode(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** The HTTP status it answers with. */
    public int status() {
        return status;
    }

    /** What it means, the same words each time. */
    public String title() {
        return title;
    }

    /** What a caller can do. */
    public String remedy() {
        return remedy;
    }

    /** The code as it stands in JSON, for example {@code chaincode-error}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The code of that text. */
    public static Optional<ProblemCode> of(String text) {
        return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
    }

    /** The code that says best what a bare HTTP status means. */
    public static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }
}
