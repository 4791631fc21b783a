package org.jangbu.msp.policy;

/** Who is there, and for which of a policy's principals each may stand. Signers and principals are numbers, in the order in which they came. */
interface Attendance {
    /** How many signers there are. */
    int size();

    boolean fits(int signer, int principal);
}
