package org.jangbu.peer.validate;

import java.util.List;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.jars.PluginException;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.Quoted;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.msp.identity.Identity;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jspecify.annotations.Nullable;

/** Has the plug-in that a definition names judge what a transaction of one block does in its namespace. */
final class PluginCheck {
    private final Plugins plugins;
    private final long block;
    private final WorldState state;

    /** Once one transaction of the block cannot be judged, the others need not wait for the same. */
    private volatile @Nullable NoVerdictException failure;

    /** @param state as all blocks before this one have left it */
    PluginCheck(Plugins plugins, long block, WorldState state) {
        this.plugins = plugins;
        this.block = block;
        this.state = state;
    }

    /**
     * The plug-in's verdict.
     *
     * @param namespace null if the chaincode was invoked and wrote nothing
     * @param standard what VSCC would say
     * @throws NoVerdictException if the plug-in gives none
     * @throws StateUnavailableException if the plug-in asked for state that cannot be read now; whatever it made of that does not count
     */
    Verdict check(
            PluginReference plugin,
            ChaincodeDefinition definition,
            EndorserTransaction transaction,
            ReadWriteSet.@Nullable Namespace namespace,
            List<Identity> endorsers,
            Supplier<Verdict> standard) {
        NoVerdictException known = failure;
        if (known != null) {
            throw known;
        }
        StateDoor door = new StateDoor(state);
        JudgedTransaction judged =
                new JudgedTransaction(block, definition, transaction, namespace, endorsers, standard, door);
        try {
            Decision decision = plugins.validate(plugin, judged);
            door.throwFailure();
            return decision.accepted()
                    ? Verdict.VALID
                    : new Verdict(
                            TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
                            "plug-in " + plugin.name() + ":" + plugin.version() + " refuses it: "
                                    + Quoted.brief(decision.reason()));
        } catch (PluginException e) {
            door.throwFailure();
            NoVerdictException none = new NoVerdictException(
                    "transaction " + Quoted.brief(transaction.envelope().txId().value()) + " of chaincode "
                            + definition.name() + " cannot be judged: " + e.getMessage(),
                    e.getMessage(),
                    e);
            failure = none;
            throw none;
        }
    }
}
