package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;

/**
 * Checks the signatures of a block that still waits for its turn. Nothing is decided: the results are remembered with the keys, and
 * validation, which comes later and under whatever configuration is then in force, finds them there.
 */
public final class SignaturePrefetch {
    private final Parallel parallel;

    public SignaturePrefetch(Parallel parallel) {
        this.parallel = parallel;
    }

    /**
     * Checks a block.
     *
     * @param membership as it is now; identities it does not know are left to validation
     */
    public void check(ParsedBlock block, Membership membership) {
        parallel.forEach(
                block.transactions().size(), tx -> check(block.transactions().get(tx), membership));
    }

    private static void check(ParsedTransaction transaction, Membership membership) {
        if (transaction instanceof ParsedTransaction.Endorser endorser) {
            EndorserTransaction parsed = endorser.transaction();
            ParsedEnvelope envelope = parsed.envelope();
            check(
                    membership,
                    envelope.signatureHeader().getCreator(),
                    envelope.envelope().getSignature(),
                    envelope.envelope().getPayload());
            for (Endorsement endorsement : parsed.endorsements()) {
                check(
                        membership,
                        endorsement.getEndorser(),
                        endorsement.getSignature(),
                        parsed.proposalResponsePayload(),
                        endorsement.getEndorser());
            }
        }
    }

    private static void check(Membership membership, ByteString signer, ByteString signature, ByteString... message) {
        try {
            boolean good = membership.deserialize(signer).verifies(signature, message);
            if (!good) {
                ValidateMessages.LOG.trace("a signature in a waiting block is not good");
            }
        } catch (IdentityException e) {
            ValidateMessages.LOG.trace("a signer in a waiting block is not known", e);
        }
    }
}
