package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.TransientStoreFullException;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.MspId;
import org.jangbu.model.Sha256;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.RolePrincipal;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.SystemChaincode;

/**
 * {@code pscc}: where peers of other servers hand over private sets at endorsement and ask for those that they lack. A proposal is signed by who asks and its answer by who is
 * asked; both name the other, so that neither can be used with anybody else. Only peers are served, and told only what their organisation may know. Sets travel as
 * transient data and in answers, neither of which is put into a transaction by any peer.
 */
public final class MemberChaincode implements SystemChaincode {
    /** Kept from contracts by the rules of definitions. */
    public static final String NAME = "pscc";

    /** Asks for sets: the hash of the asked peer's identity, then a {@code RemotePvtDataRequest}. */
    static final String PULL = "Pull";

    /** Hands sets over: the hash of the peer's identity; the sets are transient data, each a {@code PrivateDataMessage}. */
    static final String PUSH = "Push";

    private static final int MOST_SETS = 1_000;
    private static final long ANSWER_BYTES = 4L << 20;

    private final Supplier<ByteString> identity;

    /** @param identity of this peer, now */
    public MemberChaincode(Supplier<ByteString> identity) {
        this.identity = identity;
    }

    /** By which a message names the peer that it is meant for. */
    static ByteString addressee(ByteString identity) {
        return Sha256.of(identity);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean callable() {
        return false;
    }

    @Override
    public ChaincodeResult invoke(Call call) {
        Optional<JoinedChannel> channel = call.channel();
        if (channel.isEmpty()) {
            return SystemChaincode.failure(500, "private data belong to a channel, and none is named");
        }
        Optional<MspId> organization = organizationOfPeer(call, channel.get());
        if (organization.isEmpty()) {
            return SystemChaincode.failure(403, "only peers of the channel exchange private data");
        }
        if (call.args().size() < 2 || !call.args().get(1).equals(addressee(identity.get()))) {
            return SystemChaincode.failure(400, "this is meant for another peer");
        }
        return switch (call.text(0)) {
            case PULL -> pull(call, channel.get().ledger(), organization.get());
            case PUSH -> push(call, channel.get().ledger());
            default -> SystemChaincode.failure(400, "no such function");
        };
    }

    /** Of which organisation the caller is a peer; its signature has been verified. */
    private static Optional<MspId> organizationOfPeer(Call call, JoinedChannel channel) {
        ByteString creator = call.proposal().creator();
        try {
            String msp = SerializedIdentity.parseFrom(creator).getMspid();
            Membership membership = channel.config().membership();
            boolean application = channel.config().applicationOrganizations().stream()
                    .anyMatch(organization -> organization.mspId().value().equals(msp));
            boolean peer = application
                    && membership.satisfies(
                            membership.deserialize(creator), new RolePrincipal(msp, MSPRoleType.PEER).toPrincipal());
            return peer ? Optional.of(new MspId(msp)) : Optional.empty();
        } catch (InvalidProtocolBufferException | IdentityException e) {
            return Optional.empty();
        }
    }

    private static ChaincodeResult pull(Call call, PeerLedger ledger, MspId organization) {
        if (call.args().size() != 3) {
            return SystemChaincode.failure(400, "no question");
        }
        try {
            return SystemChaincode.success(SetMessages.answer(new SetAnswers(ledger, ANSWER_BYTES)
                    .tell(organization, SetMessages.asked(call.args().get(2)))));
        } catch (InvalidProtocolBufferException e) {
            return SystemChaincode.failure(400, "the question cannot be read");
        }
    }

    /** Keeps sets of collections of which this peer is a member; bounded like those of its own clients. */
    private static ChaincodeResult push(Call call, PeerLedger ledger) {
        List<ByteString> messages =
                List.copyOf(call.proposal().payload().getTransientMapMap().values());
        if (messages.isEmpty() || messages.size() > MOST_SETS) {
            return SystemChaincode.failure(400, "from 1 to " + MOST_SETS + " sets are taken at once");
        }
        try {
            List<PrivateSet> sets = new ArrayList<>();
            for (ByteString message : messages) {
                PrivateSet set = SetMessages.set(message);
                if (!isStorable(set) || !ledger.isMember(set.chaincode(), set.collection())) {
                    return SystemChaincode.failure(403, "this peer is no member of a collection that is handed over");
                }
                sets.add(set);
            }
            ledger.transients().put(sets, ledger.height());
            return SystemChaincode.success(ByteString.EMPTY);
        } catch (InvalidProtocolBufferException e) {
            return SystemChaincode.failure(400, "a set cannot be read");
        } catch (TransientStoreFullException e) {
            return SystemChaincode.failure(503, String.valueOf(e.getMessage()));
        }
    }

    /** Only what a transaction of a block could be looked up by. */
    private static boolean isStorable(PrivateSet set) {
        return set.txId().value().matches("[0-9a-f]{64}")
                && new StateKey(set.chaincode(), set.collection()).problem().isEmpty()
                && set.chaincode().indexOf('\0') < 0
                && set.collection().indexOf('\0') < 0;
    }
}
