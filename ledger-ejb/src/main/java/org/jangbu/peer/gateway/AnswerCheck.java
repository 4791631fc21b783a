package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;

/** Judges what is said to be a peer's endorsement: it must be signed, by a valid identity of the organisation meant, and answer what was asked. */
record AnswerCheck(Membership membership, MspId organization) {

    /**
     * Why an endorsement counts for nothing; empty if it counts.
     *
     * @param proposalHash of what was asked
     */
    Optional<String> fault(ProposalResponse response, ByteString proposalHash) {
        Endorsement endorsement = response.getEndorsement();
        try {
            if (!SerializedIdentity.parseFrom(endorsement.getEndorser())
                    .getMspid()
                    .equals(organization.value())) {
                return Optional.of("it is signed by somebody who is not of " + organization);
            }
            Identity identity = membership.deserialize(endorsement.getEndorser());
            membership.validate(identity);
            if (!identity.verifies(endorsement.getSignature(), response.getPayload(), endorsement.getEndorser())) {
                return Optional.of("its signature does not fit");
            }
            if (!ProposalResponsePayload.parseFrom(response.getPayload())
                    .getProposalHash()
                    .equals(proposalHash)) {
                return Optional.of("it answers another proposal");
            }
            return Optional.empty();
        } catch (IdentityException e) {
            return Optional.of("its signer is not accepted: " + e.getMessage());
        } catch (InvalidProtocolBufferException e) {
            return Optional.of("it cannot be read");
        }
    }
}
