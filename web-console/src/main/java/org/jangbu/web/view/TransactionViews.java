package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;

/** Makes transaction views of one block, parsing each certificate once. Not thread-safe. */
public final class TransactionViews {
    private final Map<ByteString, IdentityView> identities = new HashMap<>();

    /** A transaction that was asked for alone. */
    public TransactionView of(ParsedEnvelope envelope, Place place) {
        if (envelope.channelHeader().getType() != HeaderType.ENDORSER_TRANSACTION_VALUE) {
            return of(new ParsedTransaction.Other(envelope), place);
        }
        try {
            return of(new ParsedTransaction.Endorser(EndorserTransaction.parse(envelope)), place);
        } catch (MalformedEnvelopeException e) {
            return of(new ParsedTransaction.Malformed(e, Optional.of(envelope)), place);
        }
    }

    /** A transaction of a parsed block. */
    public TransactionView of(ParsedTransaction parsed, Place place) {
        Optional<ParsedEnvelope> envelope = parsed.envelope();
        Optional<EndorserTransaction> endorsed =
                parsed instanceof ParsedTransaction.Endorser e ? Optional.of(e.transaction()) : Optional.empty();
        Optional<String> problem = parsed instanceof ParsedTransaction.Malformed m
                ? Optional.ofNullable(m.problem().getMessage())
                : Optional.empty();
        return new TransactionView(
                envelope.map(e -> e.channelHeader().getChannelId()).orElse(""),
                place.block(),
                place.position(),
                envelope.map(e -> e.txId().value()).orElse(""),
                envelope.map(e -> type(e.channelHeader().getType())).orElse("UNKNOWN"),
                envelope.flatMap(e -> instant(e.channelHeader().getTimestamp())),
                place.validationCode(),
                envelope.map(e -> e.signatureHeader().getCreator())
                        .filter(creator -> !creator.isEmpty())
                        .map(this::identity),
                endorsed.map(ProposalView::of),
                endorsed.map(t -> ReadWriteSetView.of(t.readWriteSet())),
                endorsed.map(this::endorsers).orElse(List.of()),
                endorsed.map(t -> ChaincodeActionView.of(t.action())),
                envelope.filter(e -> e.channelHeader().getType() == HeaderType.CONFIG_VALUE)
                        .flatMap(e -> ConfigView.of(e.payload().getData())),
                problem);
    }

    /** Where a transaction stands and how it was judged. */
    public record Place(long block, int position, String validationCode) {}

    private List<IdentityView> endorsers(EndorserTransaction transaction) {
        return transaction.endorsements().stream()
                .map(e -> identity(e.getEndorser()))
                .toList();
    }

    IdentityView identity(ByteString serialized) {
        return identities.computeIfAbsent(serialized, IdentityView::of);
    }

    private static String type(int number) {
        HeaderType type = HeaderType.forNumber(number);
        return type == null ? "UNKNOWN" : type.name();
    }

    private static Optional<Instant> instant(Timestamp timestamp) {
        try {
            return timestamp.equals(Timestamp.getDefaultInstance())
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()));
        } catch (DateTimeException e) {
            // A client's clock may claim any year; one that Java cannot name is not shown.
            return Optional.empty();
        }
    }
}
