package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.chaincode.plugin.jars.Plugins;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.Quoted;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.log.EndorsementLog;

/**
 * Simulates proposals on one peer and signs what came out. Safe for many threads at once; runs on the caller's.
 *
 * <p>A proposal that must not be simulated ends in a {@link ProposalException}. All else is a response: below 400 endorsed; from 400 to 499
 * the chaincode's answer alone; from 500 with a payload the chaincode's failure, without one this peer's.
 */
public final class Endorser {
    private final PeerResources peer;
    private final ProposalChecks checks;
    private final Escc escc;
    private final PluginEndorsement plugins;
    private final Settings settings;
    private final PeerMetrics metrics;

    /**
     * What an endorser allows.
     *
     * @param timeWindow how far a proposal's timestamp may be from this peer's clock
     * @param maxProposalBytes most bytes of a proposal
     */
    public record Settings(Duration timeWindow, int maxProposalBytes, SimulationLimits limits) {
        /** What a peer does unless told otherwise. */
        public static final Settings DEFAULT = new Settings(Duration.ofMinutes(15), 10 << 20, SimulationLimits.DEFAULT);
    }

    /** An endorser of a peer without plug-ins. */
    public Endorser(
            PeerResources peer, Settings settings, Clock clock, RevocationSource revocations, PeerMetrics metrics) {
        this(peer, settings, clock, revocations, metrics, Plugins.NONE);
    }

    /**
     * An endorser of a peer.
     *
     * @param revocations what this server knows beside the channels' configurations
     * @param plugins what may stand in the place of ESCC
     */
    public Endorser(
            PeerResources peer,
            Settings settings,
            Clock clock,
            RevocationSource revocations,
            PeerMetrics metrics,
            Plugins plugins) {
        this.peer = peer;
        this.settings = settings;
        this.metrics = metrics;
        this.checks = new ProposalChecks(clock, settings.timeWindow(), new DoorCheck(clock, revocations));
        this.escc = new Escc(peer.node().signer());
        this.plugins = new PluginEndorsement(plugins);
    }

    public PeerResources peer() {
        return peer;
    }

    /**
     * Answers a proposal.
     *
     * @throws ProposalException if it must not be simulated
     */
    public ProposalResponse process(SignedProposal signed) throws ProposalException {
        return process(UnpackedProposal.of(signed, settings.maxProposalBytes())).response();
    }

    /** Answers a proposal that has been parsed already. */
    public Answer process(UnpackedProposal proposal) throws ProposalException {
        metrics.proposalReceived();
        long started = System.nanoTime();
        boolean success = false;
        try {
            Answer answer = answer(proposal);
            success = answer.response().hasEndorsement();
            if (success) {
                metrics.proposalEndorsed();
            }
            return answer;
        } catch (ProposalException e) {
            metrics.proposalRefused();
            EndorsementLog.LOG.proposalRefused(
                    Quoted.brief(proposal.channel()),
                    Quoted.brief(proposal.txId().value()),
                    e.getMessage());
            throw e;
        } finally {
            metrics.proposalDuration(
                    Quoted.brief(proposal.channel()),
                    Quoted.brief(proposal.chaincode()),
                    success,
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private Answer answer(UnpackedProposal proposal) throws ProposalException {
        try {
            return proposal.channel().isEmpty() ? withoutChannel(proposal) : onChannel(proposal);
        } catch (SimulationException e) {
            metrics.simulationFailed(proposal.channel(), proposal.chaincode());
            EndorsementLog.LOG.simulationFailed(
                    proposal.channel(), proposal.txId().value(), proposal.chaincode(), e.getMessage());
            return Answer.failure(e.status(), e.getMessage());
        } catch (LedgerUnreadable e) {
            metrics.simulationFailed(proposal.channel(), proposal.chaincode());
            EndorsementLog.LOG.ledgerUnreadable(
                    proposal.channel(), proposal.txId().value(), e.failure());
            return Answer.failure(
                    503, "the ledger of channel " + proposal.channel() + " cannot be read now; try again");
        }
    }

    private Answer onChannel(UnpackedProposal proposal) throws ProposalException, SimulationException {
        Optional<JoinedChannel> joined = peer.channels().apply(proposal.channel());
        if (joined.isEmpty()) {
            return Answer.failure(500, "channel '" + Quoted.brief(proposal.channel()) + "' not found");
        }
        JoinedChannel channel = joined.get();
        boolean system = peer.systemChaincodes().containsKey(proposal.chaincode());
        checks.checkMessage(proposal, channel.config().membership());
        checkNew(proposal, channel);
        if (!system) {
            checks.checkMayPropose(proposal, channel);
        }
        if (!system && !PeerRoles.endorses(peer.node(), channel.config())) {
            throw notEndorsing(channel);
        }
        for (int attempt = 0; attempt < settings.limits().attempts(); attempt++) {
            Optional<Answer> answer = simulate(proposal, channel);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new SimulationException(
                503, "error in simulation: the state kept changing while the transaction was simulated; try again");
    }

    private void checkNew(UnpackedProposal proposal, JoinedChannel channel) throws ProposalException {
        try {
            checks.checkNew(proposal, channel);
        } catch (RuntimeException e) {
            throw new LedgerUnreadable(e);
        }
    }

    /** One attempt; empty if a commit has overtaken it. */
    private Optional<Answer> simulate(UnpackedProposal proposal, JoinedChannel channel) throws SimulationException {
        Simulation simulation = new Simulation(channel.ledger(), proposal.txId().value(), settings.limits());
        Execution.Ran ran;
        try {
            ran = new Execution(peer, channel, proposal, simulation).run();
        } catch (SimulationException e) {
            checkUnbroken(simulation);
            throw e;
        } finally {
            simulation.end();
        }
        checkUnbroken(simulation);
        if (!stillHolds(simulation)) {
            return Optional.empty();
        }
        checkSize(ran.result());
        if (simulation.writes() && !PeerRoles.endorses(peer.node(), channel.config())) {
            throw notEndorsing(channel);
        }
        ByteString results = ByteString.EMPTY;
        if (ran.result().status() < 400) {
            results = simulation.results();
            plugins.check(proposal, ran, results);
            distribute(channel, simulation);
        }
        return Optional.of(new Answer(endorse(proposal, ran, simulation, results), simulation.heldAt()));
    }

    /** Queries of system chaincodes are answered by every peer; what writes needs the role. */
    private SimulationException notEndorsing(JoinedChannel channel) {
        return new SimulationException(
                500,
                "peer " + peer.node().name() + " does not endorse on channel "
                        + channel.config().channel() + ": it has not the role there");
    }

    private void distribute(JoinedChannel channel, Simulation simulation) throws SimulationException {
        List<PrivateSet> sets = simulation.privateSets();
        if (!sets.isEmpty()) {
            try {
                peer.distribution().distribute(channel, sets);
            } catch (StateUnavailableException e) {
                throw new LedgerUnreadable(e);
            }
        }
    }

    private ProposalResponse endorse(
            UnpackedProposal proposal, Execution.Ran ran, Simulation simulation, ByteString results) {
        Response response = Escc.response(ran.result());
        if (ran.result().status() >= 500) {
            return ProposalResponse.newBuilder()
                    .setResponse(response)
                    .setPayload(Escc.payload(proposal, ran, ByteString.EMPTY))
                    .build();
        }
        if (ran.result().status() >= 400) {
            return ProposalResponse.newBuilder().setResponse(response).build();
        }
        ByteString payload = Escc.payload(proposal, ran, results);
        return escc.endorse(response, payload).toBuilder()
                .setInterest(interest(proposal, simulation))
                .build();
    }

    private static ChaincodeInterest interest(UnpackedProposal proposal, Simulation simulation) {
        try {
            return WriteInterest.of(proposal.chaincode(), simulation);
        } catch (RuntimeException e) {
            throw new LedgerUnreadable(e);
        }
    }

    private Answer withoutChannel(UnpackedProposal proposal) throws ProposalException, SimulationException {
        SystemChaincode system = peer.systemChaincodes().get(proposal.chaincode());
        Membership local = peer.localMembership();
        checks.checkMessage(proposal, local);
        if (system == null) {
            throw new SimulationException(
                    500, "chaincode " + Quoted.brief(proposal.chaincode()) + " cannot be invoked without a channel");
        }
        ChaincodeResult result = system.invoke(new SystemChaincode.Call(
                proposal, proposal.input().getArgsList(), Optional.empty(), Optional.empty(), Optional.empty()));
        return new Answer(
                ProposalResponse.newBuilder().setResponse(Escc.response(result)).build(), 0);
    }

    private static boolean stillHolds(Simulation simulation) {
        try {
            return simulation.stillHolds();
        } catch (RuntimeException e) {
            throw new LedgerUnreadable(e);
        }
    }

    private static void checkUnbroken(Simulation simulation) throws SimulationException {
        Optional<RuntimeException> broken = simulation.broken();
        if (broken.isPresent()) {
            if (broken.get() instanceof org.jangbu.chaincode.spi.ChaincodeHostException limit) {
                throw new SimulationException(500, "error in simulation: " + limit.getMessage(), limit);
            }
            throw new LedgerUnreadable(broken.get());
        }
    }

    private void checkSize(ChaincodeResult result) throws SimulationException {
        long size = result.payload().length + (long) result.message().length();
        ChaincodeResult.Event event = result.event();
        if (event != null) {
            size += event.payload().length + event.name().length();
        }
        if (size > settings.limits().answerBytes()) {
            throw new SimulationException(
                    500,
                    "error in simulation: the chaincode answered " + size + " bytes; at most "
                            + settings.limits().answerBytes() + " are allowed");
        }
    }

    /**
     * A response and the height at which what was simulated is true, by which a gateway can tell peers that differ from peers that lag.
     */
    public record Answer(ProposalResponse response, long height) {
        /** An answer of the peer itself: neither payload nor endorsement. */
        public static Answer failure(int status, String message) {
            return new Answer(
                    ProposalResponse.newBuilder()
                            .setResponse(Response.newBuilder().setStatus(status).setMessage(message))
                            .build(),
                    0);
        }
    }
}
