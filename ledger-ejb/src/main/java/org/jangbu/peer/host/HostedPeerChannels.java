package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.join.JoinException;
import org.jangbu.peer.join.PeerChannels;

/** The channels of a host's peers; while its ledgers are not open every call fails with {@link StateUnavailableException}, which may pass. */
record HostedPeerChannels(Supplier<Optional<? extends PeerChannels>> open) implements PeerChannels {
    @Override
    public List<JoinedPeer> peers(ByteString caller) {
        return channels().peers(caller);
    }

    @Override
    public ChannelId join(ByteString caller, NodeName peer, Block genesis) throws JoinException {
        return channels().join(caller, peer, genesis);
    }

    private PeerChannels channels() {
        Optional<? extends PeerChannels> channels = open.get();
        if (channels.isEmpty()) {
            throw new StateUnavailableException("this server is not ready: its ledgers are not open", true);
        }
        return channels.get();
    }
}
