package org.jangbu.ledger.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jangbu.ledger.channel.ChannelConfig.Organization;
import org.jangbu.model.MspId;

/**
 * What a configuration may not do to the one before it, whoever has signed. {@link #check} is Fabric's own rule and every node's;
 * {@link #checkUsable} is stricter and asked only where an update is taken in, so that nobody signs a channel to death by mistake.
 */
final class ConfigSuccession {
    private static final Set<String> NEEDED = Set.of(
            "/Channel/Readers",
            "/Channel/Writers",
            "/Channel/Admins",
            "/Channel/Orderer/BlockValidation",
            "/Channel/Orderer/Admins",
            "/Channel/Application/Readers",
            "/Channel/Application/Writers",
            "/Channel/Application/Admins",
            "/Channel/Application/Endorsement",
            "/Channel/Application/LifecycleEndorsement");

    private ConfigSuccession() {}

    /** An organisation that stays keeps its MSP's id. */
    static void check(ChannelConfig current, ChannelConfig next) throws ConfigUpdateException {
        requireSameMsps("Orderer", current.ordererOrganizations(), next.ordererOrganizations());
        requireSameMsps("Application", current.applicationOrganizations(), next.applicationOrganizations());
    }

    private static void requireSameMsps(String group, List<Organization> before, List<Organization> after)
            throws ConfigUpdateException {
        Map<String, MspId> msps = new HashMap<>();
        before.forEach(organization -> msps.put(organization.group(), organization.mspId()));
        for (Organization organization : after) {
            MspId was = msps.getOrDefault(organization.group(), organization.mspId());
            if (!was.equals(organization.mspId())) {
                throw new ConfigUpdateException("group /Channel/" + group + "/" + organization.group()
                        + " would change its MSP's id from " + was + " to " + organization.mspId());
            }
        }
    }

    /** Something changes, and the channel can still be ordered, read, written and administered afterwards. */
    static void checkUsable(ChannelConfig current, ChannelConfig next) throws ConfigUpdateException {
        if (current.config().getChannelGroup().equals(next.config().getChannelGroup())) {
            throw new ConfigUpdateException(
                    "the update changes nothing: what it adds is not taken in by a new version of its group");
        }
        requireKnownValues(current, next);
        requireSameConsensus(current, next);
        requireOrganizations("Orderer", next.ordererOrganizations());
        requireOrganizations("Application", next.applicationOrganizations());
        Set<String> lost = new TreeSet<>(NEEDED);
        lost.retainAll(current.policies().keySet());
        lost.removeAll(next.policies().keySet());
        if (!lost.isEmpty()) {
            throw new ConfigUpdateException("the channel would have no policy " + String.join(", ", lost));
        }
    }

    /** A channel that begins with this one can be ordered by this software, read, written and administered. */
    static void checkFirst(ChannelConfig first) throws ConfigUpdateException {
        if (first.sequence() != 0) {
            throw new ConfigUpdateException("a first configuration has sequence 0, not " + first.sequence());
        }
        Set<String> strangers = KnownValues.strangers(first.config().getChannelGroup());
        if (!strangers.isEmpty()) {
            throw new ConfigUpdateException("Fabric knows no value " + String.join(", ", strangers));
        }
        String consensus = first.orderer().consensusType();
        if (!consensus.equals(ConsensusMetadata.JMS)) {
            throw new ConfigUpdateException("consensus " + ConfigPath.shown(consensus)
                    + " is not run here; it must be '" + ConsensusMetadata.JMS + "'");
        }
        requireOrganizations("Orderer", first.ordererOrganizations());
        requireOrganizations("Application", first.applicationOrganizations());
        Set<String> missing = new TreeSet<>(NEEDED);
        missing.removeAll(first.policies().keySet());
        if (!missing.isEmpty()) {
            throw new ConfigUpdateException("the channel would have no policy " + String.join(", ", missing));
        }
    }

    private static void requireKnownValues(ChannelConfig current, ChannelConfig next) throws ConfigUpdateException {
        Set<String> strangers = KnownValues.strangers(next.config().getChannelGroup());
        strangers.removeAll(KnownValues.strangers(current.config().getChannelGroup()));
        if (!strangers.isEmpty()) {
            throw new ConfigUpdateException("Fabric knows no value " + String.join(", ", strangers));
        }
    }

    private static void requireSameConsensus(ChannelConfig current, ChannelConfig next) throws ConfigUpdateException {
        String before = current.orderer().consensusType();
        String after = next.orderer().consensusType();
        if (!before.equals(after)) {
            throw new ConfigUpdateException("the consensus type would change from " + ConfigPath.shown(before) + " to "
                    + ConfigPath.shown(after) + "; a channel keeps its own");
        }
    }

    private static void requireOrganizations(String group, List<Organization> organizations)
            throws ConfigUpdateException {
        if (organizations.isEmpty()) {
            throw new ConfigUpdateException("group /Channel/" + group + " would have no organisation");
        }
        Set<MspId> seen = new TreeSet<>();
        for (Organization organization : organizations) {
            if (!seen.add(organization.mspId())) {
                throw new ConfigUpdateException(
                        "two groups below /Channel/" + group + " would stand for " + organization.mspId());
            }
        }
    }
}
