package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.Invocation;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/** One run of a proposal's chaincode, and of those it calls, within one simulation. */
final class Execution {
    /** Fabric's key, in the chaincode's own namespace, of the version that was initialised. */
    static final String INITIALIZED_KEY = "\u0000\uDBFF\uDFFFinitialized";

    private static final String LEGACY_LIFECYCLE = "lscc";
    private static final Set<String> NEVER_CALLED = Set.of("escc", "vscc", "lscc");

    private final PeerResources peer;
    private final JoinedChannel channel;
    private final UnpackedProposal proposal;
    private final Simulation simulation;
    private final Deque<String> stack;

    Execution(PeerResources peer, JoinedChannel channel, UnpackedProposal proposal, Simulation simulation) {
        this(peer, channel, proposal, simulation, new ArrayDeque<>());
    }

    private Execution(
            PeerResources peer,
            JoinedChannel channel,
            UnpackedProposal proposal,
            Simulation simulation,
            Deque<String> stack) {
        this.peer = peer;
        this.channel = channel;
        this.proposal = proposal;
        this.simulation = simulation;
        this.stack = stack;
    }

    /** Runs the chaincode that the proposal names. */
    Ran run() throws SimulationException {
        List<ByteString> args = proposal.input().getArgsList();
        SystemChaincode system = peer.systemChaincodes().get(proposal.chaincode());
        if (system != null) {
            return new Ran(invokeSystem(system, args), SystemChaincode.VERSION, ChaincodeDefinition.ESCC);
        }
        ChaincodeDefinition definition = definition(proposal.chaincode());
        boolean init = proposal.input().getIsInit();
        checkInitialized(definition, init);
        List<byte[]> raw = args.stream().map(ByteString::toByteArray).toList();
        return new Ran(invoke(definition, raw, init), definition.version(), definition.endorsementPlugin());
    }

    private ChaincodeResult invoke(ChaincodeDefinition definition, List<byte[]> args, boolean init)
            throws SimulationException {
        String name = definition.name().value();
        stack.push(place(name));
        try {
            Invocation invocation = new InvocationOf(proposal)
                    .with(channel.ledger().id().channel().value(), args, init);
            return peer.chaincodes()
                    .runtime(channel.ledger().id().channel(), definition)
                    .invoke(
                            invocation,
                            new NamespaceHost(
                                    simulation, name, collections(name, Optional.of(definition), init), this::call));
        } catch (ChaincodeUnavailableException e) {
            throw new SimulationException(500, "error in simulation: " + e.getMessage(), e);
        } catch (StateUnavailableException e) {
            throw new LedgerUnreadable(e);
        } catch (ChaincodeExecutionException | ChaincodeHostException e) {
            throw new SimulationException(
                    500,
                    "error in simulation: failed to execute transaction " + proposal.txId() + ": " + e.getMessage(),
                    e);
        } finally {
            stack.pop();
        }
    }

    private ChaincodeResult invokeSystem(SystemChaincode system, List<ByteString> args) throws SimulationException {
        try {
            return system.invoke(new SystemChaincode.Call(
                    proposal,
                    args,
                    Optional.of(channel),
                    Optional.of(systemState(system.name())),
                    Optional.of(systemState(LEGACY_LIFECYCLE))));
        } catch (ChaincodeHostException e) {
            throw new SimulationException(500, "error in simulation: " + e.getMessage(), e);
        } catch (StateUnavailableException e) {
            throw new LedgerUnreadable(e);
        }
    }

    private NamespaceHost systemState(String namespace) {
        return new NamespaceHost(simulation, namespace, collections(namespace, Optional.empty(), false), (c, ch, a) -> {
            throw new ChaincodeHostException("a system chaincode calls no other");
        });
    }

    private CollectionAccess collections(String chaincode, Optional<ChaincodeDefinition> definition, boolean init) {
        return new CollectionAccess(chaincode, definition, channel.config(), proposal.creator(), init);
    }

    private ChaincodeDefinition definition(String chaincode) throws SimulationException {
        Optional<ChaincodeDefinition> definition = Optional.empty();
        if (ChaincodeName.isValid(chaincode)) {
            ChaincodeName valid = new ChaincodeName(chaincode);
            StateKey key = Definitions.sequenceKey(valid);
            Optional<VersionedValue> sequence = simulation.get(key.namespace(), key.key());
            definition = sequence.flatMap(s -> peer.definitions().at(channel.ledger(), valid, s));
            if (sequence.isPresent() && definition.isEmpty()) {
                throw new SimulationException(503, "chaincode " + chaincode + " has just been redefined; try again");
            }
        }
        String name = Quoted.brief(chaincode);
        return definition.orElseThrow(() -> new SimulationException(
                500,
                "make sure the chaincode " + name + " has been successfully defined on channel "
                        + channel.ledger().id().channel() + " and try again: chaincode " + name + " not found"));
    }

    /** Fabric's rule: where a definition asks for it, a chaincode's first call at each version is its initialisation, and only that. */
    private void checkInitialized(ChaincodeDefinition definition, boolean init) throws SimulationException {
        String name = definition.name().value();
        boolean required = definition.initRequired();
        ByteString version = ByteString.copyFromUtf8(definition.version());
        boolean missing = required
                && !simulation
                        .get(name, INITIALIZED_KEY)
                        .map(VersionedValue::value)
                        .equals(Optional.of(version));
        String problem = null;
        if (init && !required) {
            problem = "does not require initialization but called as init";
        } else if (init && !missing) {
            problem = "is already initialized but called as init";
        } else if (!init && missing) {
            problem = "has not been initialized for this version, must call as init first";
        }
        if (problem != null) {
            throw new SimulationException(500, "error in simulation: chaincode '" + name + "' " + problem);
        }
        if (init) {
            simulation.put(name, INITIALIZED_KEY, version);
        }
    }

    /** A call from one chaincode to another; what goes wrong is told to the caller, who may live with it. */
    private ChaincodeResult call(String chaincode, String channelName, List<byte[]> args) {
        String here = channel.ledger().id().channel().value();
        int slash = chaincode.indexOf('/');
        String name = slash < 0 ? chaincode : chaincode.substring(0, slash);
        String target = slash < 0 ? channelName : chaincode.substring(slash + 1);
        if (stack.size() >= simulation.limits().calls()) {
            throw new ChaincodeHostException(
                    "more than " + simulation.limits().calls() + " chaincodes call each other");
        }
        try {
            return target.isEmpty() || target.equals(here) ? callHere(name, args) : callElsewhere(name, target, args);
        } catch (SimulationException e) {
            throw new ChaincodeHostException(e.getMessage(), e);
        }
    }

    private ChaincodeResult callHere(String name, List<byte[]> args) throws SimulationException {
        SystemChaincode system = peer.systemChaincodes().get(name);
        if (NEVER_CALLED.contains(name) || (system != null && !system.callable())) {
            throw new SimulationException(500, "system chaincode " + name + " cannot be called by a chaincode");
        }
        if (system != null) {
            return invokeSystem(system, args.stream().map(ByteString::copyFrom).toList());
        }
        if (stack.contains(place(name))) {
            throw new SimulationException(
                    500, "chaincode " + name + " is already running in transaction " + proposal.txId());
        }
        Optional<String> refusal =
                AccessControl.refusal(channel.config(), "peer/ChaincodeToChaincode", proposal.creator());
        if (refusal.isPresent()) {
            throw new SimulationException(500, refusal.get());
        }
        ChaincodeDefinition definition = definition(name);
        checkInitialized(definition, false);
        return invoke(definition, args, false);
    }

    /** Where a chaincode runs: the same one may run on another channel meanwhile. */
    private String place(String chaincode) {
        return channel.ledger().id().channel() + "/" + chaincode;
    }

    /** Runs in a simulation of its own, whose writes come to nothing; what it has read must be of one height all the same. */
    private ChaincodeResult callElsewhere(String name, String target, List<byte[]> args) throws SimulationException {
        JoinedChannel other =
                ChannelId.isValid(target) ? peer.channels().apply(target).orElse(null) : null;
        if (other == null) {
            throw new SimulationException(500, "channel '" + Quoted.brief(target) + "' not found");
        }
        if (!PeerRoles.endorses(peer.node(), other.config())) {
            throw new SimulationException(500, "peer " + peer.node().name() + " does not endorse on channel " + target);
        }
        Simulation elsewhere = new Simulation(other.ledger(), proposal.txId().value(), simulation.limits());
        try {
            Deque<String> deeper = new ArrayDeque<>(stack);
            return new Execution(peer, other, proposal, elsewhere, deeper).callHere(name, args);
        } finally {
            elsewhere.end();
            settle(elsewhere);
        }
    }

    /** Hands on what went wrong on another channel, also if the call there failed for it, since the contract may swallow that. */
    private void settle(Simulation elsewhere) {
        Optional<RuntimeException> broken = elsewhere.broken();
        if (broken.isPresent()) {
            simulation.brokenElsewhere(broken.get());
            return;
        }
        try {
            if (!elsewhere.stillHolds()) {
                simulation.overtakenElsewhere();
            }
        } catch (RuntimeException e) {
            simulation.brokenElsewhere(e);
        }
    }

    /**
     * What a chaincode answered.
     *
     * @param version under which it is defined
     * @param endorsementPlugin what is to decide whether the peer signs
     */
    record Ran(ChaincodeResult result, String version, String endorsementPlugin) {}
}
