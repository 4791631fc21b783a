package org.jangbu.peer.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.NamedPeers;

/** The peers of a host, which are not there before its ledgers are open, nor after they are closed. */
record HostedNamedPeers(Supplier<Optional<? extends NamedPeers>> open) implements NamedPeers {
    private static final String NOT_NOW = "this server is not ready: its ledgers are not open";

    @Override
    public CompletionStage<EndorseException.Answer> propose(NodeName peer, SignedProposal proposal) {
        Optional<? extends NamedPeers> door = open.get();
        return door.isPresent()
                ? door.get().propose(peer, proposal)
                : CompletableFuture.failedFuture(
                        new EndorseException(EndorseException.Kind.UNAVAILABLE, new TxId(""), NOT_NOW, List.of()));
    }

    @Override
    public Optional<String> lacksToDefineAlone(ChannelId channel, MspId organization) {
        Optional<? extends NamedPeers> door = open.get();
        if (door.isEmpty()) {
            throw new StateUnavailableException(NOT_NOW, true);
        }
        return door.get().lacksToDefineAlone(channel, organization);
    }
}
