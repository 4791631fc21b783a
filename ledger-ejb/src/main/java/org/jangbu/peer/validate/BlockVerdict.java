package org.jangbu.peer.validate;

import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;

/**
 * What validation says of a block.
 *
 * @param codes one per transaction, in order
 * @param configuration the channel's configuration from the next block on, where this block changes it
 */
public record BlockVerdict(List<TxValidationCode> codes, Optional<ChannelConfig> configuration) {
    public BlockVerdict {
        codes = List.copyOf(codes);
    }
}
