package org.jangbu.peer.validate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * Gives each transaction of a block its code, as Fabric's committer does: first everything that concerns a transaction alone, in parallel,
 * then what depends on the transactions before it, in order. The codes are a function of the chain alone: the same block on the same
 * ledger has the same codes on every peer and for ever.
 *
 * <p>For one ledger; one block at a time. The first block of a channel has nothing before it and is not judged here: whoever joins the
 * channel vouches for it.
 */
public final class BlockValidator {
    /** What {@link TxId#of} makes; other texts cannot be on the ledger as the id of a transaction that gets so far. */
    private static final Pattern TX_ID = Pattern.compile("[0-9a-f]{64}");

    private final Parallel parallel;
    private final Plugins plugins;
    private @Nullable EndorsementPolicies policies;

    /** A validator without plug-ins. */
    public BlockValidator(Parallel parallel) {
        this(parallel, Plugins.NONE);
    }

    public BlockValidator(Parallel parallel, Plugins plugins) {
        this.parallel = parallel;
        this.plugins = plugins;
    }

    /**
     * Judges a block.
     *
     * @param config the configuration before the block
     * @param before the ledger before the block
     * @throws UnsupportedCapabilityException if the block brings a configuration that this version is too old for
     * @throws org.jangbu.ledger.state.StateUnavailableException if the ledger cannot be read now; no verdict has been given
     * @throws NoVerdictException if a plug-in gives no decision on a transaction; no verdict has been given
     */
    public BlockVerdict validate(ParsedBlock block, ChannelConfig config, LedgerBefore before)
            throws UnsupportedCapabilityException {
        Optional<ParsedEnvelope> configuration = configuration(block);
        if (configuration.isPresent()) {
            ConfigurationCheck.Judged judged = new ConfigurationCheck(config).check(configuration.get());
            ValidateMessages.tell(config.channel(), block, List.of(judged.verdict()));
            return new BlockVerdict(List.of(judged.verdict().code()), judged.configuration());
        }
        List<Verdict> verdicts = transactions(block, config, before);
        ValidateMessages.tell(config.channel(), block, verdicts);
        return new BlockVerdict(verdicts.stream().map(Verdict::code).toList(), Optional.empty());
    }

    private List<Verdict> transactions(ParsedBlock block, ChannelConfig config, LedgerBefore before) {
        CommittedEntries committed = CommittedEntries.of(block, before.state());
        Set<TxId> ids = statedIds(block);
        TransactionCheck check = new TransactionCheck(
                config,
                new NamespaceCheck(
                        policiesOf(config),
                        before.definitions(),
                        committed,
                        new PluginCheck(plugins, block.number(), before.state())),
                ids.isEmpty() ? Set.of() : before.transactions().known(ids));
        Verdict[] verdicts = new Verdict[block.transactions().size()];
        parallel.forEach(
                verdicts.length,
                tx -> verdicts[tx] = check.check(block.transactions().get(tx)));
        refuseChangedKeyPolicies(block, verdicts);
        refuseRepeatedIds(block, verdicts);
        refuseStaleReads(block, verdicts, new ReadCheck(before.state(), committed));
        return Arrays.asList(verdicts);
    }

    private static void refuseChangedKeyPolicies(ParsedBlock block, Verdict[] verdicts) {
        KeyPolicyChanges changes = new KeyPolicyChanges();
        forEachValid(block, verdicts, (tx, transaction) -> {
            if (changes.concern(transaction)) {
                verdicts[tx] = new Verdict(
                        TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
                        "an earlier transaction of the block changes the policy of a key that this one writes");
            } else {
                changes.add(transaction);
            }
        });
    }

    private static void refuseRepeatedIds(ParsedBlock block, Verdict[] verdicts) {
        Set<TxId> seen = new HashSet<>();
        forEachValid(block, verdicts, (tx, transaction) -> {
            if (!seen.add(transaction.envelope().txId())) {
                verdicts[tx] =
                        new Verdict(TxValidationCode.DUPLICATE_TXID, "the transaction id stands earlier in the block");
            }
        });
    }

    private static void refuseStaleReads(ParsedBlock block, Verdict[] verdicts, ReadCheck reads) {
        forEachValid(
                block,
                verdicts,
                (tx, transaction) ->
                        verdicts[tx] = reads.check(transaction.readWriteSet(), new Version(block.number(), tx)));
    }

    private interface Step {
        void accept(int tx, EndorserTransaction transaction);
    }

    private static void forEachValid(ParsedBlock block, Verdict[] verdicts, Step step) {
        for (int tx = 0; tx < verdicts.length; tx++) {
            if (verdicts[tx].isValid() && block.transactions().get(tx) instanceof ParsedTransaction.Endorser endorser) {
                step.accept(tx, endorser.transaction());
            }
        }
    }

    private static Set<TxId> statedIds(ParsedBlock block) {
        return block.transactions().stream()
                .flatMap(transaction -> transaction.envelope().stream())
                .map(ParsedEnvelope::txId)
                .filter(id -> TX_ID.matcher(id.value()).matches())
                .collect(Collectors.toSet());
    }

    private static Optional<ParsedEnvelope> configuration(ParsedBlock block) {
        return block.transactions().size() != 1
                ? Optional.empty()
                : block.transactions()
                        .get(0)
                        .envelope()
                        .filter(envelope -> envelope.channelHeader().getType() == HeaderType.CONFIG_VALUE);
    }

    private EndorsementPolicies policiesOf(ChannelConfig config) {
        EndorsementPolicies known = policies;
        if (known == null || !known.isOf(config)) {
            known = new EndorsementPolicies(config);
            policies = known;
        }
        return known;
    }
}
