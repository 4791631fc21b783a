package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInput;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.TxId;

/**
 * A signed proposal, parsed once for all who look at it; not yet judged.
 *
 * @param visiblePayload the payload without transient data, as it stands in a transaction
 * @param hash what endorsers sign for what they were asked
 */
public record UnpackedProposal(
        SignedProposal signed,
        Header header,
        ChannelHeader channelHeader,
        SignatureHeader signatureHeader,
        String chaincode,
        ChaincodeInput input,
        ChaincodeProposalPayload payload,
        ByteString visiblePayload,
        ByteString hash) {

    /** The transaction id as the proposal states it. */
    public TxId txId() {
        return new TxId(channelHeader.getTxId());
    }

    /** The channel as the proposal states it; empty for calls that concern no channel. */
    public String channel() {
        return channelHeader.getChannelId();
    }

    public ByteString creator() {
        return signatureHeader.getCreator();
    }

    /**
     * Parses a proposal.
     *
     * @param maxBytes most bytes of a proposal
     * @throws ProposalException MALFORMED
     */
    public static UnpackedProposal of(SignedProposal signed, int maxBytes) throws ProposalException {
        if (signed.getProposalBytes().size() > maxBytes) {
            throw malformed("the proposal has " + signed.getProposalBytes().size() + " bytes; at most " + maxBytes
                    + " are allowed");
        }
        String step = "Proposal";
        try {
            Proposal proposal = sharing(Proposal.parser(), signed.getProposalBytes());
            step = "Header";
            Header header = Header.parseFrom(proposal.getHeader());
            step = "ChannelHeader";
            ChannelHeader channelHeader = ChannelHeader.parseFrom(header.getChannelHeader());
            step = "SignatureHeader";
            SignatureHeader signatureHeader = SignatureHeader.parseFrom(header.getSignatureHeader());
            step = "ChaincodeHeaderExtension";
            String chaincode = chaincode(ChaincodeHeaderExtension.parseFrom(channelHeader.getExtension()));
            step = "ChaincodeProposalPayload";
            ChaincodeProposalPayload payload = sharing(ChaincodeProposalPayload.parser(), proposal.getPayload());
            step = "ChaincodeInvocationSpec";
            ChaincodeInput input = input(sharing(ChaincodeInvocationSpec.parser(), payload.getInput()));
            ByteString visible = ChaincodeProposalPayload.newBuilder()
                    .setInput(payload.getInput())
                    .build()
                    .toByteString();
            return new UnpackedProposal(
                    signed,
                    header,
                    channelHeader,
                    signatureHeader,
                    chaincode,
                    input,
                    payload,
                    visible,
                    ProposalHash.ofVisible(header, visible));
        } catch (InvalidProtocolBufferException e) {
            throw new ProposalException(
                    ProposalException.Reason.MALFORMED, "error unmarshalling " + step + ": " + e.getMessage(), e);
        }
    }

    /** Parses without copying the bytes within: an argument may be a whole chaincode package. */
    private static <T> T sharing(Parser<T> parser, ByteString bytes) throws InvalidProtocolBufferException {
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        T message = parser.parseFrom(input);
        input.checkLastTagWas(0);
        return message;
    }

    private static String chaincode(ChaincodeHeaderExtension extension) throws ProposalException {
        if (!extension.hasChaincodeId()) {
            throw malformed("ChaincodeHeaderExtension.ChaincodeId is nil");
        }
        String name = extension.getChaincodeId().getName();
        if (name.isEmpty()) {
            throw malformed("ChaincodeHeaderExtension.ChaincodeId.Name is empty");
        }
        return name;
    }

    private static ChaincodeInput input(ChaincodeInvocationSpec spec) throws ProposalException {
        if (!spec.hasChaincodeSpec()) {
            throw malformed("chaincode invocation spec did not contain chaincode spec");
        }
        if (!spec.getChaincodeSpec().hasInput()) {
            throw malformed("chaincode input did not contain any input");
        }
        return spec.getChaincodeSpec().getInput();
    }

    private static ProposalException malformed(String message) {
        return new ProposalException(ProposalException.Reason.MALFORMED, message);
    }
}
