package org.jangbu.web.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** What a gateway looks at in a proposal before any peer does. */
record ProposalParts(String channel, String chaincode) {

    /** @throws InvalidProtocolBufferException with words for the client, also if channel or chaincode is missing */
    static ProposalParts of(SignedProposal signed) throws InvalidProtocolBufferException {
        Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
        Header header = Header.parseFrom(proposal.getHeader());
        String channel = ChannelHeader.parseFrom(header.getChannelHeader()).getChannelId();
        ChaincodeProposalPayload payload = ChaincodeProposalPayload.parseFrom(proposal.getPayload());
        ChaincodeInvocationSpec spec = ChaincodeInvocationSpec.parseFrom(payload.getInput());
        if (channel.isEmpty()) {
            throw new InvalidProtocolBufferException("no channel id provided");
        }
        if (!spec.hasChaincodeSpec()) {
            throw new InvalidProtocolBufferException("no chaincode spec is provided, channel id [" + channel + "]");
        }
        if (!spec.getChaincodeSpec().hasChaincodeId()) {
            throw new InvalidProtocolBufferException("no chaincode id is provided, channel id [" + channel + "]");
        }
        String chaincode = spec.getChaincodeSpec().getChaincodeId().getName();
        if (chaincode.isEmpty()) {
            throw new InvalidProtocolBufferException("no chaincode name is provided, channel id [" + channel + "]");
        }
        return new ProposalParts(channel, chaincode);
    }
}
