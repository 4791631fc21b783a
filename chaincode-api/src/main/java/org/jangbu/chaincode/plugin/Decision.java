package org.jangbu.chaincode.plugin;

/**
 * What a plug-in decides.
 *
 * @param accepted whether the peer signs, or the transaction is valid
 * @param reason why not, for whoever sent the proposal and for the logs; empty if accepted
 */
public record Decision(boolean accepted, String reason) {
    private static final Decision ACCEPTED = new Decision(true, "");

    /** Yes. */
    public static Decision accept() {
        return ACCEPTED;
    }

    /** No, and why. */
    public static Decision refuse(String reason) {
        return new Decision(false, reason);
    }
}
