package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import org.jangbu.peer.lifecycle.StateDefinitions;

/** Discovery over the peers of this server. */
public final class LocalDiscovery implements Discovery {
    private static final int MOST_LAYOUTS = 100;

    private final List<HostedPeer> peers;

    public LocalDiscovery(List<HostedPeer> peers) {
        this.peers = List.copyOf(peers);
    }

    @Override
    public List<Member> members() {
        return peers.stream()
                .map(peer -> new Member(peer.node(), peer.identity(), 0, List.of()))
                .toList();
    }

    @Override
    public List<Member> members(ChannelId channel) {
        return peers.stream()
                .flatMap(peer -> peer.joined(channel).map(joined -> member(peer, channel, joined)).stream())
                .toList();
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
        return new Member(peer.node(), peer.identity(), joined.ledger().height(), List.copyOf(runs));
    }

    @Override
    public Endorsers endorsers(ChannelId channel, ChaincodeInterest interest) throws EndorseException {
        if (interest.getChaincodesCount() == 0) {
            throw refused(EndorseException.Kind.MALFORMED, "chaincode interest must contain at least one chaincode");
        }
        Map<Identity, HostedPeer> candidates = new LinkedHashMap<>();
        Set<Policy> policies = new LinkedHashSet<>();
        ChannelConfig config = null;
        for (HostedPeer peer : peers) {
            Optional<JoinedChannel> joined = peer.joined(channel);
            if (joined.isEmpty()) {
                continue;
            }
            if (config == null) {
                config = joined.get().config();
                policies.addAll(policies(peer, joined.get(), channel, interest));
            }
            if (peer.endorses(channel) && serves(peer, joined.get(), channel, interest)) {
                identity(peer, config).ifPresent(identity -> candidates.putIfAbsent(identity, peer));
            }
        }
        if (config == null) {
            throw refused(EndorseException.Kind.NOT_FOUND, "channel '" + channel + "' not found");
        }
        List<Identity> identities = List.copyOf(candidates.keySet());
        SignerSets<Identity> sets =
                SignerSets.among(identities, List.copyOf(policies), config.membership(), MOST_LAYOUTS);
        if (sets.sets().isEmpty()) {
            throw refused(EndorseException.Kind.UNSATISFIED, LocalGateway.NO_COMBINATION);
        }
        return grouped(channel, candidates, sets.sets(), policies, config);
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
                            LocalGateway.NO_COMBINATION + ": No metadata was found for chaincode "
                                    + Quoted.brief(requirement.namespace()) + " in channel " + channel)));
        }
        return policies;
    }

    /** Whether a peer can run all of it and, unless nothing private is read, is a member of the collections. */
    private static boolean serves(
            HostedPeer peer, JoinedChannel joined, ChannelId channel, ChaincodeInterest interest) {
        return interest.getChaincodesList().stream()
                .allMatch(call -> peer.resources().canRun(channel, call.getName())
                        && (call.getNoPrivateReads()
                                || call.getCollectionNamesList().stream()
                                        .allMatch(collection -> joined.ledger().isMember(call.getName(), collection))));
    }

    private static Optional<Identity> identity(HostedPeer peer, ChannelConfig config) {
        try {
            Identity identity = config.membership().deserialize(peer.identity());
            config.membership().validate(identity);
            return Optional.of(identity);
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }

    /** Peers of one organisation that stand for the same principals are of one group. */
    private static Endorsers grouped(
            ChannelId channel,
            Map<Identity, HostedPeer> candidates,
            List<List<Identity>> sets,
            Set<Policy> policies,
            ChannelConfig config) {
        List<MSPPrincipal> principals = policies.stream()
                .flatMap(policy -> policy.principals().stream())
                .distinct()
                .toList();
        Map<List<Object>, String> names = new LinkedHashMap<>();
        Map<Identity, String> groupOf = new LinkedHashMap<>();
        Map<String, List<Member>> groups = new LinkedHashMap<>();
        candidates.forEach((identity, peer) -> {
            List<Object> kind = new ArrayList<>(List.of(peer.node().mspId()));
            principals.forEach(principal -> kind.add(config.membership().satisfies(identity, principal)));
            String name = names.computeIfAbsent(kind, unused -> "G" + names.size());
            groupOf.put(identity, name);
            peer.joined(channel)
                    .ifPresent(joined -> groups.computeIfAbsent(name, unused -> new ArrayList<>())
                            .add(member(peer, channel, joined)));
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
