package org.jangbu.peer.reconcile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.MembersElsewhere;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.lifecycle.CollectionMembers;

/**
 * The peers of other servers with which a channel's peers exchange private sets. Each has shown who it is before anything is sent to it, and sets go only to peers of
 * member organisations. What one answers is signed by it.
 */
public final class RemoteMembers implements MemberPeers, MembersElsewhere {
    /** As long as a peer is given to answer, and to be met before. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A proposal keeps its thread while members are asked; so many may, and the others are refused at once. */
    private static final int MOST_AT_ONCE = 16;

    private static final ChaincodeName CHAINCODE = new ChaincodeName(MemberChaincode.NAME);

    private final OtherPeers others;
    private final Function<NodeName, Optional<SigningIdentity>> signers;
    private final Proposals proposals;
    private final Semaphore handing = new Semaphore(MOST_AT_ONCE);

    /**
     * Members that are reached in that way.
     *
     * @param signers the identities, now, of the peers of this server
     */
    public RemoteMembers(
            OtherPeers others, Function<NodeName, Optional<SigningIdentity>> signers, Proposals proposals) {
        this.others = others;
        this.signers = signers;
        this.proposals = proposals;
    }

    @Override
    public List<MemberPeer> of(JoinedChannel channel) {
        List<MemberPeer> members = new ArrayList<>();
        Optional<SigningIdentity> here = signers.apply(channel.ledger().id().node());
        if (here.isPresent()) {
            found(channel).forEach(peer -> members.add(new Remote(channel, here.get(), peer)));
        }
        return members;
    }

    private List<OtherPeers.Other> found(JoinedChannel channel) {
        try {
            return await(others.on(channel));
        } catch (PeerSilentException e) {
            return List.of();
        }
    }

    /** Asks members one after another, in no order that favours one, until enough have the set. */
    @Override
    public int hand(JoinedChannel channel, PrivateSet set, int wanted) {
        if (!handing.tryAcquire()) {
            return 0;
        }
        try {
            return handed(channel, set, wanted);
        } finally {
            handing.release();
        }
    }

    private int handed(JoinedChannel channel, PrivateSet set, int wanted) {
        List<MemberPeer> members = of(channel).stream()
                .filter(member -> member.isMember(new CollectionName(set.chaincode(), set.collection())))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(members);
        int taken = 0;
        for (MemberPeer member : members) {
            if (taken < wanted && member instanceof Remote peer && peer.takes(set)) {
                taken++;
            }
        }
        return taken;
    }

    private static <T> T await(CompletionStage<T> answer) throws PeerSilentException {
        CompletableFuture<T> future = answer.toCompletableFuture();
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PeerSilentException("it does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerSilentException("this server is stopping", e);
        }
    }

    /** One of them, and who of this server asks it. */
    private final class Remote implements MemberPeer {
        private final JoinedChannel channel;
        private final SigningIdentity here;
        private final OtherPeers.Other peer;

        Remote(JoinedChannel channel, SigningIdentity here, OtherPeers.Other peer) {
            this.channel = channel;
            this.here = here;
            this.peer = peer;
        }

        @Override
        public String name() {
            return peer.name().value();
        }

        @Override
        public boolean isMember(CollectionName collection) {
            return new CollectionMembers(peer.mspId())
                    .isMember(
                            collection.chaincode(),
                            collection.collection(),
                            channel.ledger().state());
        }

        @Override
        public List<ToldSet> tell(List<MissingSet> sets) throws PeerSilentException {
            try {
                return SetMessages.told(ask(MemberChaincode.PULL, List.of(SetMessages.question(sets)), Map.of()), sets);
            } catch (InvalidProtocolBufferException e) {
                throw new PeerSilentException("its answer cannot be read", e);
            }
        }

        /** Whether the peer has taken a set. */
        boolean takes(PrivateSet set) {
            try {
                ByteString message = SetMessages.message(set, channel.ledger().height());
                ask(MemberChaincode.PUSH, List.of(), Map.of(set.collection(), message));
                return true;
            } catch (PeerSilentException e) {
                ReconcileLog.LOG.notTaken(
                        channel.ledger().id().channel(),
                        set.txId(),
                        name(),
                        set.collection(),
                        set.chaincode(),
                        String.valueOf(e.getMessage()));
                return false;
            }
        }

        private ByteString ask(String function, List<ByteString> args, Map<String, ByteString> transients)
                throws PeerSilentException {
            List<ByteString> all = new ArrayList<>();
            all.add(MemberChaincode.addressee(peer.identity()));
            all.addAll(args);
            try {
                UnpackedProposal proposal = UnpackedProposal.of(
                        proposals
                                .sign(
                                        here,
                                        channel.ledger().id().channel(),
                                        CHAINCODE,
                                        new Invocation(ByteString.copyFromUtf8(function), all, transients))
                                .proposal(),
                        Integer.MAX_VALUE);
                return payload(await(peer.answer(proposal)));
            } catch (ProposalException e) {
                throw new PeerSilentException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** What a peer has signed as its answer. */
    private static ByteString payload(ProposalResponse response) throws PeerSilentException {
        try {
            Response signed = ChaincodeAction.parseFrom(ProposalResponsePayload.parseFrom(response.getPayload())
                            .getExtension())
                    .getResponse();
            if (!response.hasEndorsement() || signed.getStatus() != 200) {
                throw new PeerSilentException(
                        Quoted.brief(response.getResponse().getMessage()));
            }
            return signed.getPayload();
        } catch (InvalidProtocolBufferException e) {
            throw new PeerSilentException("its answer cannot be read", e);
        }
    }
}
