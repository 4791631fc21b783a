package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.peer.endorse.AccessControl;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.TransactionIds;
import org.jangbu.peer.event.EventDoor;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.peer.event.Following;

/** The door for those who follow channels of open peers. */
final class OpenEventDoor implements EventDoor {
    private final List<PeerDoor> peers;
    private final DoorCheck door;

    OpenEventDoor(List<PeerDoor> peers, DoorCheck door) {
        this.peers = List.copyOf(peers);
        this.door = door;
    }

    @Override
    public Optional<Following> open(ByteString caller, ChannelId channel, String resource) {
        String mspId = mspId(caller);
        return peers.stream()
                .sorted(Comparator.comparing(
                        peer -> !peer.node().mspId().value().equals(mspId)))
                .flatMap(peer -> peer.channel(channel.value()).stream()
                        .map(joined ->
                                new Follower(joined, peer.chain(channel.value()).orElseThrow(), caller, resource)))
                .findFirst()
                .filter(follower -> follower.lapse().isEmpty())
                .map(Following.class::cast);
    }

    private static String mspId(ByteString caller) {
        try {
            return SerializedIdentity.parseFrom(caller).getMspid();
        } catch (InvalidProtocolBufferException e) {
            return "";
        }
    }

    /** Judged whole at first and whenever the configuration has changed; in between by what may change without it. */
    private final class Follower implements Following {
        private static final long NEVER = -1;

        private final JoinedChannel joined;
        private final FollowedChain chain;
        private final ByteString caller;
        private final String resource;
        private volatile long judgedAt = NEVER;

        Follower(JoinedChannel joined, FollowedChain chain, ByteString caller, String resource) {
            this.joined = joined;
            this.chain = chain;
            this.caller = caller;
            this.resource = resource;
        }

        @Override
        public FollowedChain chain() {
            return chain;
        }

        @Override
        public Optional<Long> blockOf(TxId txId) {
            return TransactionIds.isWellFormed(txId)
                    ? joined.ledger().transactions().find(txId).map(TransactionIndex.Entry::block)
                    : Optional.empty();
        }

        @Override
        public Optional<String> lapse() {
            ChannelConfig config = joined.config();
            try {
                door.check(config.membership(), config.membership().deserialize(caller));
            } catch (IdentityException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            if (config.sequence() == judgedAt) {
                return Optional.empty();
            }
            Optional<String> refusal = AccessControl.refusal(config, resource, caller);
            if (refusal.isEmpty()) {
                judgedAt = config.sequence();
            }
            return refusal;
        }
    }
}
