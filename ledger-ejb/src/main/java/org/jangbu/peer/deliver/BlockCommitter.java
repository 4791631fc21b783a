package org.jangbu.peer.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.ledger.commit.BlockEffects;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.jangbu.peer.validate.BlockValidator;
import org.jangbu.peer.validate.BlockVerdict;
import org.jangbu.peer.validate.LedgerBefore;
import org.jspecify.annotations.Nullable;

/**
 * Takes one ledger from block to block: verify, validate, commit, tell. One block at a time, each of its steps repeatable until the block is
 * committed. The configuration may be read by any thread.
 */
final class BlockCommitter {
    private final PeerLedger ledger;
    private final StateDefinitions definitions;
    private final BlockValidator validator;
    private final List<CommitListener> listeners;
    private final Tally tally;
    private volatile ChannelConfig config;

    /** What has been decided about the next block while its commit failed. */
    private @Nullable Decided decided;

    BlockCommitter(
            PeerLedger ledger,
            ChannelConfig config,
            BlockValidator validator,
            List<CommitListener> listeners,
            Tally tally) {
        this.ledger = ledger;
        this.config = config;
        this.definitions = new StateDefinitions(ledger.state());
        this.validator = validator;
        this.listeners = List.copyOf(listeners);
        this.tally = tally;
    }

    private record Decided(ValidatedBlock effects, Optional<ChannelConfig> configuration) {
        /** Its header says all: a block is decided only after its data were found to be those of the header. */
        boolean isOf(ParsedBlock block) {
            return effects.block().getHeader().equals(block.block().getHeader());
        }
    }

    ChannelConfig config() {
        return config;
    }

    /**
     * Commits the next block.
     *
     * @throws RefusedBlockException if it is not what the orderer signed after the newest block here
     * @throws UnsupportedCapabilityException if it brings a configuration that this version is too old for
     * @throws LedgerException if the ledger cannot take it, now or at all
     * @throws org.jangbu.ledger.state.StateUnavailableException if the ledger cannot be read
     * @throws org.jangbu.peer.validate.NoVerdictException if a plug-in gives no decision on one of its transactions
     */
    void commit(ParsedBlock parsed) throws RefusedBlockException, UnsupportedCapabilityException, LedgerException {
        Decided ready = decided;
        if (ready == null || !ready.isOf(parsed)) {
            ready = decide(parsed);
            decided = ready;
        }
        long started = System.nanoTime();
        ledger.commit(ready.effects());
        tally.committed(ready.effects(), Duration.ofNanos(System.nanoTime() - started));
        decided = null;
        takeEffect(ready);
    }

    private Decided decide(ParsedBlock parsed) throws RefusedBlockException, UnsupportedCapabilityException {
        long started = System.nanoTime();
        BlockVerifier.checkForm(parsed);
        BlockVerifier.checkSignatures(parsed.block(), config);
        BlockVerifier.checkPlace(parsed.block(), ledger.currentHash());
        ParsedBlock signed = new ParsedBlock(BlockVerifier.asSigned(parsed.block()), parsed.transactions());
        BlockVerdict verdict = validator.validate(signed, config, LedgerBefore.of(ledger, definitions));
        ValidatedBlock effects = BlockEffects.of(signed, verdict.codes(), ledger.state());
        tally.validated(Duration.ofNanos(System.nanoTime() - started));
        return new Decided(effects, verdict.configuration());
    }

    private void takeEffect(Decided block) {
        LedgerId id = ledger.id();
        String number = Long.toUnsignedString(block.effects().number());
        block.configuration().ifPresent(next -> {
            config = next;
            DeliverMessages.LOG.configured(id, Long.toUnsignedString(next.sequence()), number);
        });
        if (block.effects().writes().stream()
                .anyMatch(write -> write.key().namespace().equals(LifecycleKeys.NAMESPACE))) {
            definitions.forget();
        }
        DeliverMessages.LOG.committed(
                id, number, block.effects().transactions().size(), (int) block.effects().transactions().stream()
                        .filter(outcome -> outcome.code() != TxValidationCode.VALID)
                        .count());
        for (CommitListener listener : listeners) {
            try {
                listener.committed(id, block.effects());
            } catch (RuntimeException e) {
                DeliverMessages.LOG.listenerFailed(id, number, e);
            }
        }
    }
}
