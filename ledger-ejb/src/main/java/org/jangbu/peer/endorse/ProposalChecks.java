package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;

/**
 * What a proposal must pass before it is simulated: it is well-formed, its creator is known and signed it just now, it is new to the
 * ledger, and its creator may propose. The first failure is told, in Fabric's order and words.
 */
final class ProposalChecks {
    private static final Set<HeaderType> ACCEPTED = Set.of(HeaderType.ENDORSER_TRANSACTION, HeaderType.CONFIG);

    private final Clock clock;
    private final Duration window;
    private final DoorCheck door;

    /** @param window how far the proposal's timestamp may be from this peer's clock, either way */
    ProposalChecks(Clock clock, Duration window, DoorCheck door) {
        this.clock = clock;
        this.window = window;
        this.door = door;
    }

    /** Form and creator: all that can be said without a ledger. */
    void checkMessage(UnpackedProposal proposal, Membership membership) throws ProposalException {
        checkHeader(proposal);
        checkCreator(proposal, membership);
        checkTime(proposal);
    }

    /** Whether the ledger has seen the transaction id, valid or not. */
    void checkNew(UnpackedProposal proposal, JoinedChannel channel) throws ProposalException {
        if (channel.ledger().transactions().find(proposal.txId()).isPresent()) {
            throw new ProposalException(
                    ProposalException.Reason.DUPLICATE,
                    "duplicate transaction found [" + proposal.txId() + "]. Creator ["
                            + HexFormat.of().formatHex(proposal.creator().toByteArray()) + "]");
        }
    }

    /** Whether the creator may propose transactions; system chaincodes have access rules of their own. */
    void checkMayPropose(UnpackedProposal proposal, JoinedChannel channel) throws ProposalException {
        Optional<String> refusal = AccessControl.refusal(channel.config(), "peer/Propose", proposal.creator());
        if (refusal.isPresent()) {
            throw forbidden(refusal.get());
        }
    }

    private static void checkHeader(UnpackedProposal proposal) throws ProposalException {
        int type = proposal.channelHeader().getType();
        HeaderType known = HeaderType.forNumber(type);
        if (known == null || !ACCEPTED.contains(known)) {
            throw malformed("invalid header type " + (known == null ? Integer.toString(type) : known.name()));
        }
        if (proposal.channelHeader().getEpoch() != 0) {
            throw malformed("epoch is non-zero");
        }
        ByteString nonce = proposal.signatureHeader().getNonce();
        if (nonce.isEmpty()) {
            throw malformed("nonce is empty");
        }
        if (proposal.creator().isEmpty()) {
            throw malformed("creator is empty");
        }
        TxId expected = TxId.of(nonce, proposal.creator());
        if (!proposal.txId().equals(expected)) {
            throw malformed("incorrectly computed txid '"
                    + Quoted.brief(proposal.txId().value()) + "' -- expected '" + expected + "'");
        }
        if (proposal.signed().getSignature().isEmpty()) {
            throw malformed("empty signature bytes");
        }
    }

    /** Tells no stranger why an identity is refused, as Fabric does. */
    private void checkCreator(UnpackedProposal proposal, Membership membership) throws ProposalException {
        String channel = Quoted.brief(proposal.channel());
        String denied;
        try {
            String mspId = SerializedIdentity.parseFrom(proposal.creator()).getMspid();
            denied = "access denied: channel [" + channel + "] creator org [" + Quoted.brief(mspId) + "]";
        } catch (InvalidProtocolBufferException e) {
            throw new ProposalException(
                    ProposalException.Reason.FORBIDDEN,
                    "error validating proposal: access denied: channel [" + channel
                            + "] creator org unknown, creator is malformed",
                    e);
        }
        Identity creator;
        try {
            creator = membership.deserialize(proposal.creator());
            membership.validate(creator);
        } catch (IdentityException e) {
            throw new ProposalException(ProposalException.Reason.FORBIDDEN, "error validating proposal: " + denied, e);
        }
        if (!creator.verifies(
                proposal.signed().getSignature(), proposal.signed().getProposalBytes())) {
            throw forbidden("error validating proposal: " + denied);
        }
        checkAtDoor(creator, membership, denied);
    }

    private void checkAtDoor(Identity creator, Membership membership, String denied) throws ProposalException {
        try {
            door.check(membership, creator);
        } catch (IdentityException e) {
            throw new ProposalException(
                    ProposalException.Reason.FORBIDDEN,
                    e.reason() == IdentityException.Reason.EXPIRED
                            ? "proposal client identity expired"
                            : "error validating proposal: " + denied,
                    e);
        }
    }

    private void checkTime(UnpackedProposal proposal) throws ProposalException {
        Instant now = clock.instant();
        Instant stated;
        try {
            Timestamp timestamp = proposal.channelHeader().getTimestamp();
            stated = Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProposalException(
                    ProposalException.Reason.FORBIDDEN,
                    "request unauthorized due to a timestamp outside of all time",
                    e);
        }
        if (stated.isBefore(now.minus(window)) || stated.isAfter(now.plus(window))) {
            throw forbidden("request unauthorized due to incorrect timestamp " + rfc3339(stated) + ", peer time "
                    + rfc3339(now) + ", allowed distance " + window);
        }
    }

    private static String rfc3339(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    private static ProposalException malformed(String message) {
        return new ProposalException(ProposalException.Reason.MALFORMED, "error validating proposal: " + message);
    }

    private static ProposalException forbidden(String message) {
        return new ProposalException(ProposalException.Reason.FORBIDDEN, message);
    }
}
