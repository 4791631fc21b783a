package org.jangbu.web.view;

import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Fabric's validation codes by name. */
public final class ValidationCodes {
    private ValidationCodes() {}

    /** The name of a code in a block's filter; {@code UNKNOWN_<n>} for one this release does not know. */
    public static String name(int code) {
        TxValidationCode known = TxValidationCode.forNumber(code);
        return known == null ? "UNKNOWN_" + code : known.name();
    }
}
