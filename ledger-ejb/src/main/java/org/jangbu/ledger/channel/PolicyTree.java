package org.jangbu.ledger.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.Policy.PolicyType;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.ImplicitMetaPolicy;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.SignaturePolicy;

/** Compiles every policy of a configuration tree, from the leaves up, since an implicit-meta policy asks those of the groups below. */
final class PolicyTree {
    private final ChannelId channel;
    private final Membership membership;
    private final Map<String, Policy> policies = new HashMap<>();

    PolicyTree(ChannelId channel, Membership membership) {
        this.channel = channel;
        this.membership = membership;
    }

    /** All policies by their absolute paths. */
    Map<String, Policy> read(ConfigGroup root) throws ChannelConfigException {
        group("/" + ConfigPath.CHANNEL, root);
        return Map.copyOf(policies);
    }

    private void group(String path, ConfigGroup group) throws ChannelConfigException {
        Map<String, ConfigGroup> children = ConfigTree.sortedGroups(group);
        for (Map.Entry<String, ConfigGroup> child : children.entrySet()) {
            group(path + "/" + child.getKey(), child.getValue());
        }
        for (Map.Entry<String, ConfigPolicy> policy : group.getPoliciesMap().entrySet()) {
            String where = path + "/" + policy.getKey();
            try {
                policies.put(where, compile(path, children, policy.getValue().getPolicy()));
            } catch (PolicyException e) {
                throw new ChannelConfigException(channel, "policy " + where + ": " + e.getMessage(), e);
            }
        }
    }

    private Policy compile(
            String path, Map<String, ConfigGroup> children, org.hyperledger.fabric.protos.common.Policy policy)
            throws PolicyException {
        if (policy.getType() == PolicyType.SIGNATURE_VALUE) {
            return SignaturePolicy.of(policy.getValue(), membership);
        }
        if (policy.getType() != PolicyType.IMPLICIT_META_VALUE) {
            throw new PolicyException("type " + policy.getType() + " is not known");
        }
        var implicit = ImplicitMetaPolicy.read(policy.getValue());
        List<Policy> below = new ArrayList<>();
        for (String child : children.keySet()) {
            below.add(policies.getOrDefault(path + "/" + child + "/" + implicit.getSubPolicy(), Policy.UNSATISFIABLE));
        }
        return ImplicitMetaPolicy.of(implicit.getRule(), below);
    }
}
