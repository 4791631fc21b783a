package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;

/** Who really endorsed a transaction: each signature is checked once, however many policies ask. */
final class Endorsers {
    private Endorsers() {}

    /**
     * The valid members whose signatures over the answer are good, each once, in the order of their first good signature. Who repeats an
     * identity gains nothing, however it is spelled.
     */
    static List<Identity> of(EndorserTransaction transaction, Membership membership) {
        List<Identity> endorsers = new ArrayList<>();
        Set<ByteString> seen = new HashSet<>();
        for (Endorsement endorsement : transaction.endorsements()) {
            try {
                Identity identity = membership.deserialize(endorsement.getEndorser());
                if (seen.contains(identity.fingerprint())) {
                    continue;
                }
                membership.validate(identity);
                if (identity.verifies(
                        endorsement.getSignature(), transaction.proposalResponsePayload(), endorsement.getEndorser())) {
                    seen.add(identity.fingerprint());
                    endorsers.add(identity);
                }
            } catch (IdentityException e) {
                // It counts for nothing; whether enough others signed is the policy's question.
                ValidateMessages.LOG.trace("an endorsement by a stranger", e);
            }
        }
        return List.copyOf(endorsers);
    }
}
