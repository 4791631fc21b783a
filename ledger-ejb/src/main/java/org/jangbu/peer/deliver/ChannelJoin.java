package org.jangbu.peer.deliver;

import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.commit.BlockEffects;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.model.ParsedBlock;

/** How a peer's copy of a ledger begins, and where it stands when it is opened again. */
public final class ChannelJoin {
    private ChannelJoin() {}

    /**
     * Makes sure that the ledger begins with this first block: commits it to an empty ledger, and compares it with that of another.
     * Whoever calls this vouches for the block.
     *
     * @return the configuration at the ledger's height
     * @throws ChannelConfigException if the block, or the newest configuration, cannot be used
     * @throws LedgerException if the ledger begins with another block, or fails
     */
    public static ChannelConfig join(PeerLedger ledger, Block genesis) throws ChannelConfigException, LedgerException {
        ChannelConfig first = ChannelConfigReader.read(genesis);
        if (!first.channel().equals(ledger.id().channel())
                || genesis.getHeader().getNumber() != 0) {
            throw new LedgerException(ledger.id(), "the first block is that of channel " + first.channel());
        }
        if (ledger.height() == 0) {
            ledger.commit(BlockEffects.of(ParsedBlock.parse(genesis), List.of(TxValidationCode.VALID), ledger.state()));
            return first;
        }
        Optional<Block> present = ledger.block(0);
        if (present.isEmpty() || !present.get().getHeader().equals(genesis.getHeader())) {
            throw new LedgerException(ledger.id(), "the ledger begins with another first block");
        }
        return configuration(ledger);
    }

    /**
     * The configuration at the height of a ledger that has at least its first block.
     *
     * @throws ChannelConfigException if it cannot be used, by this version or at all
     * @throws LedgerException if the ledger does not have the block that it says holds it
     */
    public static ChannelConfig configuration(PeerLedger ledger) throws ChannelConfigException, LedgerException {
        Optional<Block> block = ledger.block(ledger.lastConfig());
        if (block.isEmpty()) {
            throw new LedgerException(
                    ledger.id(), "block " + ledger.lastConfig() + ", which holds the configuration, is not there");
        }
        return ChannelConfigReader.read(block.get());
    }
}
