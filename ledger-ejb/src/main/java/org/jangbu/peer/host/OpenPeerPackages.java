package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.peer.lifecycle.PackageException;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.peer.settings.PeerSettings;

/** The packages of the peers of an open host. So many are taken at once, since each is on disk before anybody can tell whether it is one. */
final class OpenPeerPackages implements PeerPackages {
    private final Administration administration;
    private final PeerSettings.Packages settings;
    private final Semaphore uploads;

    OpenPeerPackages(Administration administration, PeerSettings.Packages settings) {
        this.administration = administration;
        this.settings = settings;
        this.uploads = new Semaphore(settings.uploads());
    }

    @Override
    public long maxBytes() {
        return settings.bytes();
    }

    @Override
    public List<PackageId> list(ByteString caller, NodeName peer) throws PackageException {
        return administered(caller, peer).packages().list();
    }

    @Override
    public PackageId install(ByteString caller, NodeName name, InputStream file) throws PackageException {
        OpenPeer peer = administered(caller, name);
        if (!uploads.tryAcquire()) {
            throw new PackageException(
                    PackageException.Kind.UNAVAILABLE, "this server takes enough packages already; try again later");
        }
        try {
            return peer.packages().install(file);
        } finally {
            uploads.release();
        }
    }

    @Override
    public InputStream open(ByteString caller, NodeName peer, PackageId id) throws PackageException {
        return administered(caller, peer).packages().open(id);
    }

    private OpenPeer administered(ByteString caller, NodeName name) throws PackageException {
        OpenPeer peer = administration
                .find(caller, name)
                .orElseThrow(() -> new PackageException(
                        PackageException.Kind.UNKNOWN_PEER,
                        "no peer " + Quoted.brief(name.value()) + " of the caller's organisation"));
        if (!administration.administers(peer, caller)) {
            throw new PackageException(
                    PackageException.Kind.DENIED,
                    "the packages of peer " + name + " are for administrators of "
                            + peer.node().mspId());
        }
        return peer;
    }
}
