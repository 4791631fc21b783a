package org.jangbu.ledger.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.channel.ConfigElements.Element;
import org.jangbu.ledger.channel.ConfigElements.Place;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.policy.Policy;

/**
 * Who may change what: an element that exists goes to its next version by leave of the policy that guards it now; one that does not begins
 * at 0, by leave of whoever may give its group a new version.
 *
 * @param signers whose signatures under the update are good, each once
 * @param signatures how many signatures there are, good or not
 */
record ConfigAuthority(ChannelConfig current, ConfigElements elements, List<Identity> signers, int signatures) {
    private static final int MOST_TOLD = 8;

    /** @throws ConfigUpdateException naming the elements that may not be changed so, and why */
    void require(Map<Place, Element> delta) throws ConfigUpdateException {
        List<String> refusals = new ArrayList<>();
        for (Map.Entry<Place, Element> entry : delta.entrySet()) {
            String refusal = refusal(entry.getKey(), entry.getValue());
            if (!refusal.isEmpty()) {
                refusals.add(refusal);
            }
            if (refusals.size() == MOST_TOLD) {
                break;
            }
        }
        if (!refusals.isEmpty()) {
            throw new ConfigUpdateException(String.join("; ", refusals));
        }
    }

    private String refusal(Place place, Element changed) {
        if (!ConfigPath.isPolicyPath(changed.modPolicy())) {
            return "the mod_policy of " + place + " is not a policy's name";
        }
        Element existing = elements.elements().get(place);
        long next = existing == null ? 0 : existing.version() + 1;
        if (changed.version() != next) {
            return place + " would go to version " + Long.toUnsignedString(changed.version()) + ", the next one is "
                    + Long.toUnsignedString(next);
        }
        return existing == null ? "" : guardsRefusal(place, existing);
    }

    /** A relative mod_policy names a policy of the element's own group; of a group, one of itself. */
    static String guardOf(Place place, Element existing) {
        return existing.modPolicy().startsWith("/") ? existing.modPolicy() : place.group() + "/" + existing.modPolicy();
    }

    private String guardsRefusal(Place place, Element existing) {
        String path = guardOf(place, existing);
        Policy guard = current.policy(path).orElse(Policy.UNSATISFIABLE);
        if (guard.isSatisfiedBy(signers)) {
            return "";
        }
        return "the signatures do not satisfy the policy " + path + " that guards " + place + " at version "
                + Long.toUnsignedString(existing.version()) + ": "
                + guard.missing(signers).map(text -> "missing " + text).orElse("not satisfied") + " (" + signers.size()
                + " of " + signatures + " signatures count)";
    }
}
