package org.jangbu.msp.policy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;

/** From signatures to those who really signed. */
public final class Signers {
    private static final ByteString[] NONE = {};

    private Signers() {}

    /**
     * The valid identities whose signatures are good, each once, in the order of their first good signature. A repeated identity is dropped
     * before its signature is looked at, so that nobody can make a server check the same thing a thousand times.
     */
    public static List<Identity> of(List<SignedData> signatures, Membership membership) {
        List<Identity> signers = new ArrayList<>(signatures.size());
        Set<ByteString> seen = new HashSet<>();
        for (SignedData signed : signatures) {
            try {
                Identity identity = membership.deserialize(signed.identity());
                if (seen.contains(identity.fingerprint())) {
                    continue;
                }
                membership.validate(identity);
                if (identity.verifies(signed.signature(), signed.data().toArray(NONE))) {
                    seen.add(identity.fingerprint());
                    signers.add(identity);
                }
            } catch (IdentityException e) {
                // A signature by a stranger counts for nothing; whether enough others signed is the policy's question.
            }
        }
        return signers;
    }
}
