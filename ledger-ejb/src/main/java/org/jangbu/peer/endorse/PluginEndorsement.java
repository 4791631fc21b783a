package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jangbu.chaincode.plugin.Decision;
import org.jangbu.chaincode.plugin.SimulatedProposal;
import org.jangbu.chaincode.plugin.jars.PluginException;
import org.jangbu.chaincode.plugin.jars.PluginReference;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.Quoted;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.log.EndorsementLog;
import org.jangbu.peer.plugin.PluginWrites;

/** Asks the plug-in that a definition names, if it names one, whether this peer signs what a simulation came to. */
final class PluginEndorsement {
    private static final String FAILED = "endorsing with plugin failed: ";

    private final Plugins plugins;

    PluginEndorsement(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * Returns if the peer may sign.
     *
     * @param results the serialised {@code TxReadWriteSet}
     * @throws SimulationException if the plug-in refuses, is not here or fails
     */
    void check(UnpackedProposal proposal, Execution.Ran ran, ByteString results) throws SimulationException {
        if (ran.endorsementPlugin().equals(ChaincodeDefinition.ESCC)) {
            return;
        }
        PluginReference reference = PluginReference.parse(ran.endorsementPlugin())
                .orElseThrow(() -> new SimulationException(
                        500, FAILED + "there is no plugin with name " + Quoted.brief(ran.endorsementPlugin())));
        try {
            Decision decision = plugins.endorse(reference, simulated(proposal, ran, results));
            if (!decision.accepted()) {
                throw new SimulationException(
                        500,
                        FAILED + "plug-in " + reference.name() + ":" + reference.version() + " refuses: "
                                + Quoted.brief(decision.reason()));
            }
        } catch (PluginException e) {
            EndorsementLog.LOG.pluginFailed(
                    proposal.channel(), proposal.txId().value(), proposal.chaincode(), e.getMessage());
            throw new SimulationException(500, FAILED + e.getMessage(), e);
        }
    }

    private static SimulatedProposal simulated(UnpackedProposal proposal, Execution.Ran ran, ByteString results) {
        List<byte[]> args = proposal.input().getArgsList().stream()
                .map(ByteString::toByteArray)
                .toList();
        Invocation asked = new InvocationOf(proposal)
                .with(proposal.channel(), args, proposal.input().getIsInit());
        return new SimulatedProposal(
                asked.channelId(),
                asked.txId(),
                asked.timestamp(),
                asked.creator(),
                proposal.chaincode(),
                ran.version(),
                args,
                asked.transientData(),
                ran.result().status(),
                ran.result().message(),
                ran.result().payload(),
                PluginWrites.of(parsed(results)),
                results.toByteArray());
    }

    private static ReadWriteSet parsed(ByteString results) {
        try {
            return ReadWriteSet.parse(results);
        } catch (MalformedEnvelopeException e) {
            throw new IllegalStateException("this peer's own read/write set", e);
        }
    }
}
