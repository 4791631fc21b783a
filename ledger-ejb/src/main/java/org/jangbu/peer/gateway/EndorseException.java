package org.jangbu.peer.gateway;

import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;

/** A proposal was not endorsed, or not well enough; says what each endorser answered. */
public final class EndorseException extends Exception {
    /** What went wrong, as far as a caller can act on it. */
    public enum Kind {
        /** The proposal itself cannot be read or contradicts itself. */
        MALFORMED,
        /** The creator is unknown, invalid, expired, or may not write to the channel. */
        FORBIDDEN,
        /** No such channel here, or no such chaincode on it. */
        NOT_FOUND,
        /** The transaction id is on the ledger already. */
        DUPLICATE,
        /** The contract refused or failed; its own words are in the message. */
        CHAINCODE,
        /** The endorsers disagree; the answers differ. */
        MISMATCH,
        /** Not enough endorsers to satisfy the policy. */
        UNSATISFIED,
        /** A peer cannot serve now: not started, database away, out of time. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final TxId txId;
    private final transient List<Answer> answers;

    public EndorseException(Kind kind, TxId txId, String message, List<Answer> answers) {
        super(message);
        this.kind = kind;
        this.txId = txId;
        this.answers = List.copyOf(answers);
    }

    public Kind kind() {
        return kind;
    }

    public TxId txId() {
        return txId;
    }

    /** What each endorser answered, in the order asked. */
    public List<Answer> answers() {
        return answers;
    }

    /**
     * One endorser's answer.
     *
     * @param address where a peer of another server was asked; empty for one of this server
     */
    public record Answer(NodeName node, MspId mspId, ProposalResponse response, Optional<String> address) {
        /** The status, beside those of HTTP that chaincodes use too, of a peer that did not answer in time. */
        static final int LATE = 504;

        /** Of a peer of this server. */
        public Answer(NodeName node, MspId mspId, ProposalResponse response) {
            this(node, mspId, response, Optional.empty());
        }

        /** Whether the endorser signed. */
        public boolean endorsed() {
            return response.hasEndorsement();
        }

        /** Whether it did not come in time. */
        public boolean late() {
            return !byChaincode() && response.getResponse().getStatus() == LATE;
        }

        /** Whether a refusal or failure is the chaincode's own; else the peer's. */
        public boolean byChaincode() {
            int status = response.getResponse().getStatus();
            return status < 500 || !response.getPayload().isEmpty();
        }

        /** The chaincode's or the peer's own words, in Fabric's form where the chaincode answered. */
        public String words() {
            int status = response.getResponse().getStatus();
            String message = response.getResponse().getMessage();
            return byChaincode() ? "chaincode response " + status + ", " + message : message;
        }
    }
}
