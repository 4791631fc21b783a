package org.jangbu.web.client;

import java.util.Map;
import java.util.TreeMap;

/** Takes apart the words with which a peer says, beside Fabric's answer, in what approvals differ: {@code Org1MSP: …; Org2MSP: …}. */
final class Differences {
    private Differences() {}

    /** @param approvals whether each organisation has approved, by MSP id */
    static Map<String, String> read(String message, Map<String, Boolean> approvals) {
        Map<String, String> differences = new TreeMap<>();
        for (String part : message.split("; ", -1)) {
            int colon = part.lastIndexOf(": ");
            String organization = colon < 0 ? "" : part.substring(0, colon);
            if (Boolean.FALSE.equals(approvals.get(organization))) {
                differences.put(organization, part.substring(colon + 2));
            }
        }
        return differences;
    }
}
