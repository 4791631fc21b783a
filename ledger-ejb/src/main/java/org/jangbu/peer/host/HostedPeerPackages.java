package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.NodeName;
import org.jangbu.peer.lifecycle.PackageException;
import org.jangbu.peer.lifecycle.PeerPackages;

/** The packages of a host's peers; while its ledgers are not open every call fails with {@link StateUnavailableException}, which may pass. */
record HostedPeerPackages(long maxBytes, Supplier<Optional<? extends PeerPackages>> opened) implements PeerPackages {
    @Override
    public List<PackageId> list(ByteString caller, NodeName peer) throws PackageException {
        return packages().list(caller, peer);
    }

    @Override
    public PackageId install(ByteString caller, NodeName peer, InputStream file) throws PackageException {
        return packages().install(caller, peer, file);
    }

    @Override
    public InputStream open(ByteString caller, NodeName peer, PackageId id) throws PackageException {
        return packages().open(caller, peer, id);
    }

    private PeerPackages packages() {
        Optional<? extends PeerPackages> packages = opened.get();
        if (packages.isEmpty()) {
            throw new StateUnavailableException("this server is not ready: its ledgers are not open", true);
        }
        return packages.get();
    }
}
