package org.jangbu.model.verify;

import com.google.protobuf.ByteString;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.TxId;

/** Checks the transactions of one block, each by itself. */
final class TransactionVerifier {
    /** Verdicts that presuppose a transaction whose ids, hashes and client signature are right. */
    private static final Set<TxValidationCode> WELL_FORMED = EnumSet.of(
            TxValidationCode.VALID,
            TxValidationCode.MVCC_READ_CONFLICT,
            TxValidationCode.PHANTOM_READ_CONFLICT,
            TxValidationCode.ENDORSEMENT_POLICY_FAILURE);

    private final long block;
    private final SignatureCheck signatures;
    private final List<Finding> findings;

    TransactionVerifier(long block, SignatureCheck signatures, List<Finding> findings) {
        this.block = block;
        this.signatures = signatures;
        this.findings = findings;
    }

    /** Checks one transaction as far as its verdict says that it is in order. */
    void check(int position, ParsedTransaction transaction, TxValidationCode code) {
        if (!WELL_FORMED.contains(code)) {
            return;
        }
        if (transaction instanceof ParsedTransaction.Malformed malformed) {
            find(
                    position,
                    "is " + code + " and cannot be read: " + malformed.problem().getMessage());
        } else if (transaction instanceof ParsedTransaction.Other other) {
            configuration(position, other.parsed());
        } else if (transaction instanceof ParsedTransaction.Endorser endorser) {
            endorserTransaction(position, endorser.transaction(), code);
        }
    }

    private void configuration(int position, ParsedEnvelope envelope) {
        if (envelope.channelHeader().getType() != HeaderType.CONFIG_VALUE) {
            find(position, "is valid with type " + envelope.channelHeader().getType());
        }
        if (block > 0) {
            clientSignature(position, envelope);
        }
    }

    private void endorserTransaction(int position, EndorserTransaction transaction, TxValidationCode code) {
        ParsedEnvelope envelope = transaction.envelope();
        if (!envelope.envelope().toByteString().equals(envelope.raw())) {
            find(position, "is not in its canonical form");
        }
        clientSignature(position, envelope);
        TxId id = TxId.of(
                envelope.signatureHeader().getNonce(),
                envelope.signatureHeader().getCreator());
        if (!id.equals(envelope.txId())) {
            find(position, "its id is not the hash of nonce and creator");
        }
        if (!transaction.actionHeader().equals(envelope.payload().getHeader().getSignatureHeader())) {
            find(position, "the header of its action is not its own");
        }
        ByteString proposal =
                ProposalHash.ofVisible(envelope.payload().getHeader(), transaction.proposalPayloadBytes());
        if (!proposal.equals(transaction.proposalHash())) {
            find(position, "the endorsers answered another proposal");
        }
        if (code == TxValidationCode.VALID) {
            endorsements(position, transaction);
        }
    }

    private void clientSignature(int position, ParsedEnvelope envelope) {
        if (!signatures.verify(
                envelope.signatureHeader().getCreator(),
                envelope.envelope().getSignature(),
                envelope.envelope().getPayload())) {
            find(position, "its creator's signature is wrong");
        }
    }

    private void endorsements(int position, EndorserTransaction transaction) {
        if (transaction.endorsements().isEmpty()) {
            find(position, "nobody endorsed it");
        }
        for (Endorsement endorsement : transaction.endorsements()) {
            ByteString message = transaction.proposalResponsePayload().concat(endorsement.getEndorser());
            if (!signatures.verify(endorsement.getEndorser(), endorsement.getSignature(), message)) {
                find(position, "an endorser's signature is wrong");
            }
        }
    }

    private void find(int position, String problem) {
        findings.add(new Finding(block, position, problem));
    }
}
