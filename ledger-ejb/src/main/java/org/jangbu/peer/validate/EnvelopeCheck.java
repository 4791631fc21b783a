package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;

/** The first checks of any envelope: headers that make sense, a creator who is a valid member of the channel, and its signature. */
final class EnvelopeCheck {
    private final Membership membership;

    EnvelopeCheck(Membership membership) {
        this.membership = membership;
    }

    Verdict check(ParsedEnvelope envelope) {
        String problem = headerProblem(envelope.channelHeader(), envelope.signatureHeader());
        if (!problem.isEmpty()) {
            return new Verdict(TxValidationCode.BAD_COMMON_HEADER, problem);
        }
        return creator(envelope);
    }

    private static String headerProblem(ChannelHeader channel, SignatureHeader signature) {
        int type = channel.getType();
        if (type != HeaderType.ENDORSER_TRANSACTION_VALUE
                && type != HeaderType.CONFIG_UPDATE_VALUE
                && type != HeaderType.CONFIG_VALUE) {
            return "no transaction has the type " + type;
        }
        if (channel.getEpoch() != 0) {
            return "the epoch is not 0";
        }
        return signatureHeaderProblem(signature);
    }

    /** What is wrong with a signature header; empty if nothing is. */
    static String signatureHeaderProblem(SignatureHeader header) {
        if (header.getNonce().isEmpty()) {
            return "there is no nonce";
        }
        return header.getCreator().isEmpty() ? "there is no creator" : "";
    }

    private Verdict creator(ParsedEnvelope envelope) {
        ByteString payload = envelope.envelope().getPayload();
        try {
            Identity creator = membership.deserialize(envelope.signatureHeader().getCreator());
            membership.validate(creator);
            if (creator.verifies(envelope.envelope().getSignature(), payload)) {
                return Verdict.VALID;
            }
            return new Verdict(TxValidationCode.BAD_CREATOR_SIGNATURE, "the signature is not the creator's");
        } catch (IdentityException e) {
            return new Verdict(TxValidationCode.BAD_CREATOR_SIGNATURE, "the creator is refused: " + e.getMessage());
        }
    }
}
