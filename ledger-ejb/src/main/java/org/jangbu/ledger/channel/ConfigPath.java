package org.jangbu.ledger.channel;

import java.util.regex.Pattern;
import org.jangbu.model.Quoted;

/** Names and paths of the configuration tree, by Fabric's configtx rules. */
final class ConfigPath {
    static final String CHANNEL = "Channel";
    static final String ORDERER = "Orderer";
    static final String APPLICATION = "Application";
    static final String MSP = "MSP";
    static final String ANCHOR_PEERS = "AnchorPeers";
    static final String CAPABILITIES = "Capabilities";
    static final String CONSORTIUM = "Consortium";
    static final String ADMINS = "Admins";
    static final String READERS = "Readers";
    static final String WRITERS = "Writers";
    static final String ENDORSEMENT = "Endorsement";
    static final String LIFECYCLE_ENDORSEMENT = "LifecycleEndorsement";
    static final String BLOCK_VALIDATION = "BlockValidation";

    /** Channel, Application or Orderer, organisation: Fabric knows no deeper tree; twice that leaves room and bounds recursion. */
    static final int DEEPEST = 8;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9.-]{1,249}");

    private ConfigPath() {}

    /** Whether {@code name} may be the key of a group, a value or a policy. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    /** Whether {@code modPolicy} is a policy's name, or its path, absolute or relative. */
    static boolean isPolicyPath(String modPolicy) {
        String path = modPolicy.startsWith("/") ? modPolicy.substring(1) : modPolicy;
        for (String name : path.split("/", -1)) {
            if (!isName(name)) {
                return false;
            }
        }
        return true;
    }

    static String shown(String name) {
        return "'" + Quoted.brief(name) + "'";
    }
}
