package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.HeaderType;

/** A block and its transactions, parsed once and carried along from delivery to commit. */
public record ParsedBlock(Block block, List<ParsedTransaction> transactions) {
    /** Parses every envelope; bad ones become {@link ParsedTransaction.Malformed}, never an exception. */
    public static ParsedBlock parse(Block block) {
        return new ParsedBlock(
                block,
                block.getData().getDataList().stream()
                        .map(ParsedBlock::transaction)
                        .toList());
    }

    public long number() {
        return block.getHeader().getNumber();
    }

    private static ParsedTransaction transaction(ByteString raw) {
        ParsedEnvelope envelope;
        try {
            envelope = ParsedEnvelope.parse(raw);
        } catch (MalformedEnvelopeException e) {
            return new ParsedTransaction.Malformed(e, Optional.empty());
        }
        if (envelope.channelHeader().getType() != HeaderType.ENDORSER_TRANSACTION_VALUE) {
            return new ParsedTransaction.Other(envelope);
        }
        try {
            return new ParsedTransaction.Endorser(EndorserTransaction.parse(envelope));
        } catch (MalformedEnvelopeException e) {
            return new ParsedTransaction.Malformed(e, Optional.of(envelope));
        }
    }
}
