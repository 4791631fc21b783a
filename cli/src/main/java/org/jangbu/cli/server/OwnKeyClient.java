package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;

/** Signs at home: the server sees proposals and transactions, and never the key. */
final class OwnKeyClient implements LedgerClient {
    private final RestServer rest;
    private final SigningIdentity signer;
    private final Proposals proposals;
    private final Optional<String> peer;

    OwnKeyClient(RestServer rest, SigningIdentity signer, Proposals proposals, Optional<String> peer) {
        this.rest = rest;
        this.signer = signer;
        this.proposals = proposals;
        this.peer = peer;
    }

    @Override
    public ByteString evaluate(Target target, Invocation invocation) {
        Proposals.Signed signed = proposals.sign(signer, target.channel(), target.chaincode(), invocation);
        return response(ask(peer.orElseGet(() -> peerOf(target.channel().value())), signed));
    }

    @Override
    public Committed submit(Target target, Invocation invocation, Duration limit) {
        Proposals.Signed signed = proposals.sign(signer, target.channel(), target.chaincode(), invocation);
        String channel = "channels/" + target.channel();
        JsonObject endorsed = rest.post(
                        channel + "/proposals", signed.proposal().toByteArray())
                .object();
        JsonObject prepared = RestAnswer.objects(endorsed, "transactions").stream()
                .findFirst()
                .orElseThrow(() -> CommandFailure.of(ExitCode.UNUSABLE, "the server's answer holds no transaction"));
        EndorsedTransaction transaction = EndorsedTransaction.check(envelope(prepared), signed.proposal());
        RestAnswer answer = rest.post(
                channel + "/envelopes?wait=" + limit.toSeconds(),
                transaction.signedBy(signer).toByteArray());
        return Commits.of(answer, transaction.result());
    }

    @Override
    public ByteString askPeer(String name, ChaincodeName chaincode, Invocation invocation) {
        return response(ask(name, proposals.signForPeer(signer, chaincode, invocation)));
    }

    private JsonObject ask(String name, Proposals.Signed signed) {
        return rest.post("peers/" + name + "/proposals", signed.proposal().toByteArray())
                .object();
    }

    /** What the chaincode returned; its refusal is one. */
    private static ByteString response(JsonObject answer) {
        JsonObject response = answer.member("response")
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseThrow(() -> CommandFailure.of(ExitCode.UNUSABLE, "the server's answer lacks response"));
        long status = RestAnswer.number(response, "status");
        if (status < 200 || status >= 400) {
            throw CommandFailure.of(
                            ExitCode.REFUSED,
                            "chaincode answers " + status + ": "
                                    + RestAnswer.text(response, "message").orElse(""))
                    .with("status", Long.toString(status));
        }
        return RestAnswer.content(response, "payload");
    }

    private String peerOf(String channel) {
        return RestAnswer.objects(rest.get("peers").object(), "peers").stream()
                .filter(found -> RestAnswer.texts(found, "channels").contains(channel))
                .map(found -> RestAnswer.required(found, "name"))
                .findFirst()
                .orElseThrow(() ->
                        CommandFailure.of(ExitCode.REFUSED, "no peer of your organisation here has joined " + channel));
    }

    private static Envelope envelope(JsonObject prepared) {
        try {
            return Envelope.parseFrom(RestAnswer.base64(prepared, "envelope"));
        } catch (InvalidProtocolBufferException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the server's answer holds no envelope", e);
        }
    }
}
