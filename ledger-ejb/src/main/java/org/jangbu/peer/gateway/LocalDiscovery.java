package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignerSets;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.CollectionMembers;
import org.jangbu.peer.lifecycle.StateDefinitions;
import org.jangbu.peer.log.EndorsementLog;

/** Discovery over the peers of this server, and those of other servers that it has met. */
public final class LocalDiscovery implements Discovery {
    private static final int MOST_LAYOUTS = 100;

    private final List<HostedPeer> peers;
    private final RemotePeers remote;

    /** @param remote peers of other servers */
    public LocalDiscovery(List<HostedPeer> peers, RemotePeers remote) {
        this.peers = List.copyOf(peers);
        this.remote = remote;
    }

    @Override
    public List<Member> members() {
        return peers.stream()
                .map(peer -> Member.hosted(peer.node(), 0, List.of()))
                .toList();
    }

    @Override
    public CompletionStage<List<Member>> members(ChannelId channel) {
        return elsewhere(channel).thenApply(others -> {
            List<Member> members = new ArrayList<>();
            for (HostedPeer peer : peers) {
                peer.joined(channel).ifPresent(joined -> members.add(member(peer, channel, joined)));
            }
            others.forEach(other -> members.add(Member.elsewhere(other)));
            return List.copyOf(members);
        });
    }

    private CompletionStage<List<EndorsingPeer>> elsewhere(ChannelId channel) {
        for (HostedPeer here : peers) {
            Optional<JoinedChannel> joined = here.joined(channel);
            if (joined.isPresent()) {
                ChannelConfig config = joined.get().config();
                return remote.mayBeOn(config)
                        ? remote.on(here, config).thenApply(RemotePeers.Found::peers)
                        : CompletableFuture.completedFuture(List.of());
            }
        }
        return CompletableFuture.completedFuture(List.of());
    }

    private static Member member(HostedPeer peer, ChannelId channel, JoinedChannel joined) {
        List<Runs> runs = new ArrayList<>();
        for (ChaincodeName name : StateDefinitions.names(joined.ledger().state())) {
            if (peer.resources().canRun(channel, name.value())) {
                peer.resources()
                        .definitions()
                        .current(joined.ledger(), name)
                        .ifPresent(definition -> runs.add(new Runs(name.value(), definition.version())));
            }
        }
        return Member.hosted(peer.node(), joined.ledger().height(), List.copyOf(runs));
    }

    @Override
    public CompletionStage<Endorsers> endorsers(ChannelId channel, ChaincodeInterest interest) {
        if (interest.getChaincodesCount() == 0) {
            return CompletableFuture.failedFuture(
                    refused(EndorseException.Kind.MALFORMED, "chaincode interest must contain at least one chaincode"));
        }
        return elsewhere(channel).thenCompose(others -> {
            try {
                return CompletableFuture.completedFuture(endorsers(channel, interest, others));
            } catch (EndorseException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    private Endorsers endorsers(ChannelId channel, ChaincodeInterest interest, List<EndorsingPeer> others)
            throws EndorseException {
        Map<Identity, Member> candidates = new LinkedHashMap<>();
        Set<Policy> policies = new LinkedHashSet<>();
        JoinedChannel first = null;
        for (HostedPeer peer : peers) {
            Optional<JoinedChannel> joined = peer.joined(channel);
            if (joined.isEmpty()) {
                continue;
            }
            if (first == null) {
                first = joined.get();
                policies.addAll(policies(peer, first, channel, interest));
            }
            if (peer.endorses(channel) && serves(peer, joined.get(), channel, interest)) {
                add(member(peer, channel, joined.get()), first.config(), candidates);
            }
        }
        if (first == null) {
            throw refused(EndorseException.Kind.NOT_FOUND, "channel '" + channel + "' not found");
        }
        for (EndorsingPeer other : others) {
            if (mayHold(other, first, interest)) {
                add(Member.elsewhere(other), first.config(), candidates);
            }
        }
        SignerSets<Identity> sets = SignerSets.among(
                List.copyOf(candidates.keySet()),
                List.copyOf(policies),
                first.config().membership(),
                MOST_LAYOUTS);
        if (sets.sets().isEmpty()) {
            throw refused(EndorseException.Kind.UNSATISFIED, AblePeers.NO_COMBINATION);
        }
        return grouped(candidates, sets.sets(), policies, first.config());
    }

    private static List<Policy> policies(
            HostedPeer peer, JoinedChannel joined, ChannelId channel, ChaincodeInterest interest)
            throws EndorseException {
        EndorsementPolicies known = new EndorsementPolicies(peer.resources().definitions());
        List<Policy> policies = new ArrayList<>();
        for (Requirement requirement : Requirement.of(interest)) {
            policies.add(known.of(joined, requirement)
                    .orElseThrow(() -> refused(
                            EndorseException.Kind.NOT_FOUND,
                            AblePeers.NO_COMBINATION + ": No metadata was found for chaincode "
                                    + Quoted.brief(requirement.namespace()) + " in channel " + channel)));
        }
        return policies;
    }

    /** Whether a peer can run all of it and, unless nothing private is read, is a member of the collections. */
    private static boolean serves(
            HostedPeer peer, JoinedChannel joined, ChannelId channel, ChaincodeInterest interest) {
        return interest.getChaincodesList().stream()
                        .allMatch(call -> peer.resources().canRun(channel, call.getName()))
                && holds(interest, joined.ledger()::isMember);
    }

    /** The same of a peer of another server. What it can run nobody knows. */
    private static boolean mayHold(EndorsingPeer other, JoinedChannel here, ChaincodeInterest interest) {
        CollectionMembers members = new CollectionMembers(other.mspId());
        return holds(
                interest,
                (chaincode, collection) ->
                        members.isMember(chaincode, collection, here.ledger().state()));
    }

    private static boolean holds(ChaincodeInterest interest, BiPredicate<String, String> isMember) {
        return interest.getChaincodesList().stream()
                .allMatch(call -> call.getNoPrivateReads()
                        || call.getCollectionNamesList().stream()
                                .allMatch(collection -> isMember.test(call.getName(), collection)));
    }

    /** Whoever is not, or no longer, of the channel counts for nothing. */
    private static void add(Member member, ChannelConfig config, Map<Identity, Member> candidates) {
        try {
            Identity identity = config.membership().deserialize(member.identity());
            config.membership().validate(identity);
            candidates.putIfAbsent(identity, member);
        } catch (IdentityException e) {
            EndorsementLog.LOG.debugf("%s of %s is told to nobody: %s", member.address(), member.mspId(), e);
        }
    }

    /** Peers of one organisation that stand for the same principals are of one group. */
    private static Endorsers grouped(
            Map<Identity, Member> candidates, List<List<Identity>> sets, Set<Policy> policies, ChannelConfig config) {
        List<MSPPrincipal> principals = policies.stream()
                .flatMap(policy -> policy.principals().stream())
                .distinct()
                .toList();
        Map<List<Object>, String> names = new LinkedHashMap<>();
        Map<Identity, String> groupOf = new LinkedHashMap<>();
        Map<String, List<Member>> groups = new LinkedHashMap<>();
        candidates.forEach((identity, member) -> {
            List<Object> kind = new ArrayList<>(List.of(member.mspId()));
            principals.forEach(principal -> kind.add(config.membership().satisfies(identity, principal)));
            String name = names.computeIfAbsent(kind, unused -> "G" + names.size());
            groupOf.put(identity, name);
            groups.computeIfAbsent(name, unused -> new ArrayList<>()).add(member);
        });
        Set<Map<String, Integer>> layouts = new LinkedHashSet<>();
        for (List<Identity> set : sets) {
            Map<String, Integer> layout = new TreeMap<>();
            set.forEach(identity -> layout.merge(groupOf.getOrDefault(identity, ""), 1, Integer::sum));
            layouts.add(layout);
        }
        Set<String> used = new LinkedHashSet<>();
        layouts.forEach(layout -> used.addAll(layout.keySet()));
        groups.keySet().retainAll(used);
        return new Endorsers(groups, List.copyOf(layouts));
    }

    private static EndorseException refused(EndorseException.Kind kind, String message) {
        return new EndorseException(kind, new TxId(""), message, List.of());
    }
}
