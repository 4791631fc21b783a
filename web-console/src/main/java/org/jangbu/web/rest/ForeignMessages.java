package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TxId;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Reads as much of a message signed elsewhere as an answer needs: for which channel it is, and the transaction's id. */
final class ForeignMessages {
    private ForeignMessages() {}

    /** A proposal signed by its creator. */
    record Proposal(TxId txId, SignedProposal signed) {}

    static Proposal proposal(ChannelId channel, ByteString bytes) {
        try {
            SignedProposal signed = SignedProposal.parseFrom(bytes);
            ChannelHeader channelHeader = channelHeader(signed);
            requireSame(channel, channelHeader);
            return new Proposal(new TxId(channelHeader.getTxId()), signed);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("no SignedProposal: " + e.getMessage());
        }
    }

    /** A proposal of any channel, or of none. Its bytes are not copied, since it may hold a whole package. */
    static Proposal proposal(ByteString bytes) {
        try {
            SignedProposal signed = sharing(SignedProposal.parser(), bytes);
            return new Proposal(new TxId(channelHeader(signed).getTxId()), signed);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("no SignedProposal: " + e.getMessage());
        }
    }

    private static ChannelHeader channelHeader(SignedProposal signed) throws InvalidProtocolBufferException {
        org.hyperledger.fabric.protos.peer.Proposal proposal =
                sharing(org.hyperledger.fabric.protos.peer.Proposal.parser(), signed.getProposalBytes());
        Header header = Header.parseFrom(proposal.getHeader());
        return ChannelHeader.parseFrom(header.getChannelHeader());
    }

    private static <T> T sharing(Parser<T> parser, ByteString bytes) throws InvalidProtocolBufferException {
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        T message = parser.parseFrom(input);
        input.checkLastTagWas(0);
        return message;
    }

    /** The id of the transaction in an envelope; empty where it names none. */
    static TxId envelope(ChannelId channel, ByteString bytes) {
        try {
            ParsedEnvelope envelope = ParsedEnvelope.parse(bytes);
            requireSame(channel, envelope.channelHeader());
            return envelope.txId();
        } catch (MalformedEnvelopeException e) {
            throw malformed("no Envelope: " + e.getMessage());
        }
    }

    private static void requireSame(ChannelId channel, ChannelHeader header) {
        if (!header.getChannelId().equals(channel.value())) {
            throw Problem.of(ProblemCode.CHANNEL_MISMATCH, "the message names another channel than the address")
                    .with("transactionId", header.getTxId())
                    .withValue(header.getChannelId())
                    .exception();
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.of(ProblemCode.MALFORMED_MESSAGE, detail).exception();
    }
}
