package org.jangbu.peer.validate;

import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;

/**
 * The first half of validation: everything about a transaction that does not depend on the others of its block, in the order of Fabric's
 * committer. The first thing that is wrong names the code.
 */
final class TransactionCheck {
    private final ChannelConfig config;
    private final EnvelopeCheck envelopes;
    private final NamespaceCheck namespaces;
    private final Set<TxId> onLedger;

    TransactionCheck(ChannelConfig config, NamespaceCheck namespaces, Set<TxId> onLedger) {
        this.config = config;
        this.envelopes = new EnvelopeCheck(config.membership());
        this.namespaces = namespaces;
        this.onLedger = onLedger;
    }

    Verdict check(ParsedTransaction transaction) {
        Optional<ParsedEnvelope> parsed = transaction.envelope();
        if (parsed.isEmpty()) {
            return transaction instanceof ParsedTransaction.Malformed malformed
                    ? of(malformed)
                    : new Verdict(TxValidationCode.INVALID_OTHER_REASON, "there is no envelope");
        }
        ParsedEnvelope envelope = parsed.get();
        Verdict verdict = envelopes.check(envelope);
        if (!verdict.isValid()) {
            return verdict;
        }
        return envelope.channelHeader().getType() == HeaderType.ENDORSER_TRANSACTION_VALUE
                ? endorser(transaction, envelope)
                : other(envelope);
    }

    /** A configuration that is not alone in its block, or an update that no orderer has made a configuration of. */
    private static Verdict other(ParsedEnvelope envelope) {
        return envelope.channelHeader().getType() == HeaderType.CONFIG_VALUE
                ? new Verdict(TxValidationCode.INVALID_CONFIG_TRANSACTION, "a configuration stands alone in its block")
                : new Verdict(TxValidationCode.UNSUPPORTED_TX_PAYLOAD, "a configuration update is not a transaction");
    }

    private Verdict endorser(ParsedTransaction transaction, ParsedEnvelope envelope) {
        Verdict verdict = ProposalCheck.txId(envelope);
        if (!verdict.isValid()) {
            return verdict;
        }
        verdict = transaction instanceof ParsedTransaction.Endorser endorser
                ? ProposalCheck.proposal(endorser.transaction())
                : ProposalCheck.proposal(envelope);
        if (!verdict.isValid()) {
            return verdict;
        }
        verdict = place(envelope);
        if (!verdict.isValid()) {
            return verdict;
        }
        if (transaction instanceof ParsedTransaction.Endorser endorser) {
            return endorsed(endorser.transaction());
        }
        return transaction instanceof ParsedTransaction.Malformed malformed
                ? of(malformed)
                : new Verdict(TxValidationCode.INVALID_OTHER_REASON, "the transaction is not readable");
    }

    /** The right channel, and not there already. */
    Verdict place(ParsedEnvelope envelope) {
        String channel = envelope.channelHeader().getChannelId();
        if (!channel.equals(config.channel().value())) {
            return new Verdict(
                    TxValidationCode.TARGET_CHAIN_NOT_FOUND,
                    "the envelope is for channel '" + Quoted.brief(channel) + "'");
        }
        return onLedger.contains(envelope.txId())
                ? new Verdict(TxValidationCode.DUPLICATE_TXID, "the transaction id is on the ledger already")
                : Verdict.VALID;
    }

    private Verdict endorsed(EndorserTransaction transaction) {
        Verdict verdict = ActionCheck.check(transaction);
        return verdict.isValid()
                ? namespaces.check(transaction, Endorsers.of(transaction, config.membership()))
                : verdict;
    }

    private static Verdict of(ParsedTransaction.Malformed malformed) {
        return new Verdict(
                malformed.problem().code(), String.valueOf(malformed.problem().getMessage()));
    }
}
