package org.jangbu.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.ProposalHash;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.junit.jupiter.api.Test;

/** A server that puts other transactions before a client than it has proposed gets no signature. */
class EndorsedTransactionTest {
    private final Proposals proposals = new Proposals(Clock.systemUTC(), new SecureRandom());
    private final SignedProposal proposed = proposal("transfer", "A", "B", "1");

    @Test
    void signs_what_was_proposed_and_tells_its_result() throws Exception {
        Envelope prepared = endorsed(proposed, "done");

        EndorsedTransaction transaction = EndorsedTransaction.check(prepared, proposed);

        assertThat(transaction.result().toStringUtf8()).isEqualTo("done");
        Envelope signed = transaction.signedBy(new Signer());
        assertThat(signed.getPayload()).isEqualTo(prepared.getPayload());
        assertThat(signed.getSignature().toStringUtf8()).isEqualTo("signed");
    }

    @Test
    void does_not_sign_another_call_of_the_same_creator() throws Exception {
        refused(endorsed(proposal("transfer", "A", "Mallory", "1000"), "done"), "of another proposal");
    }

    @Test
    void does_not_sign_another_call_under_the_headers_of_its_own() throws Exception {
        Payload own = Payload.parseFrom(endorsed(proposed, "done").getPayload());
        Payload other = Payload.parseFrom(
                endorsed(proposal("transfer", "A", "Mallory", "1000"), "done").getPayload());
        refused(
                Envelope.newBuilder()
                        .setPayload(
                                own.toBuilder().setData(other.getData()).build().toByteString())
                        .build(),
                "of another creator");
        Transaction transaction = Transaction.parseFrom(other.getData());
        Transaction mixed = transaction.toBuilder()
                .setActions(
                        0,
                        transaction.getActions(0).toBuilder()
                                .setHeader(own.getHeader().getSignatureHeader()))
                .build();
        refused(
                Envelope.newBuilder()
                        .setPayload(own.toBuilder()
                                .setData(mixed.toByteString())
                                .build()
                                .toByteString())
                        .build(),
                "with another call in it");
    }

    @Test
    void does_not_sign_endorsements_of_another_proposal() throws Exception {
        Envelope prepared = endorsed(proposed, "done");
        Payload payload = Payload.parseFrom(prepared.getPayload());
        Transaction transaction = Transaction.parseFrom(payload.getData());
        ChaincodeActionPayload action =
                ChaincodeActionPayload.parseFrom(transaction.getActions(0).getPayload());
        ChaincodeActionPayload changed = action.toBuilder()
                .setAction(action.getAction().toBuilder()
                        .setProposalResponsePayload(ProposalResponsePayload.newBuilder()
                                .setProposalHash(ByteString.copyFromUtf8("of another"))
                                .build()
                                .toByteString()))
                .build();
        Transaction mixed = transaction.toBuilder()
                .setActions(0, transaction.getActions(0).toBuilder().setPayload(changed.toByteString()))
                .build();
        refused(
                Envelope.newBuilder()
                        .setPayload(payload.toBuilder()
                                .setData(mixed.toByteString())
                                .build()
                                .toByteString())
                        .build(),
                "endorsements of another proposal");
    }

    @Test
    void does_not_sign_two_actions_at_once_nor_what_it_cannot_read() throws Exception {
        Payload payload = Payload.parseFrom(endorsed(proposed, "done").getPayload());
        Transaction transaction = Transaction.parseFrom(payload.getData());
        ByteString twice = transaction.toBuilder()
                .addActions(transaction.getActions(0))
                .build()
                .toByteString();
        refused(
                Envelope.newBuilder()
                        .setPayload(payload.toBuilder().setData(twice).build().toByteString())
                        .build(),
                "of another proposal");
        refused(
                Envelope.newBuilder()
                        .setPayload(ByteString.copyFrom(new byte[] {1}))
                        .build(),
                "cannot be read");
    }

    private void refused(Envelope envelope, String reason) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> EndorsedTransaction.check(envelope, proposed))
                .withMessageContaining(reason)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.UNUSABLE));
    }

    private SignedProposal proposal(String function, String... arguments) {
        return proposals
                .sign(
                        new Signer(),
                        new ChannelId("channel1"),
                        new ChaincodeName("remittance"),
                        new Invocation(
                                ByteString.copyFromUtf8(function),
                                List.of(arguments).stream()
                                        .map(ByteString::copyFromUtf8)
                                        .toList(),
                                Map.of("secret", ByteString.copyFromUtf8("not for the ledger"))))
                .proposal();
    }

    private static Envelope endorsed(SignedProposal signed, String result) throws Exception {
        Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
        Header header = Header.parseFrom(proposal.getHeader());
        ByteString visible = ProposalHash.visible(proposal.getPayload());
        ProposalResponsePayload response = ProposalResponsePayload.newBuilder()
                .setProposalHash(ProposalHash.ofVisible(header, visible))
                .setExtension(ChaincodeAction.newBuilder()
                        .setResponse(Response.newBuilder().setPayload(ByteString.copyFromUtf8(result)))
                        .build()
                        .toByteString())
                .build();
        ChaincodeActionPayload action = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(visible)
                .setAction(ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(response.toByteString()))
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(header)
                        .setData(Transaction.newBuilder()
                                .addActions(TransactionAction.newBuilder()
                                        .setHeader(header.getSignatureHeader())
                                        .setPayload(action.toByteString()))
                                .build()
                                .toByteString())
                        .build()
                        .toByteString())
                .build();
    }

    /** Somebody who signs anything. */
    private static final class Signer implements SigningIdentity {
        @Override
        public MspId mspId() {
            return new MspId("Org1MSP");
        }

        @Override
        public X509Certificate certificate() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteString serialized() {
            return ByteString.copyFromUtf8("creator");
        }

        @Override
        public ByteString sign(ByteString... message) {
            return ByteString.copyFromUtf8("signed");
        }
    }
}
