package org.jangbu.peer.lifecycle;

import com.google.protobuf.ByteString;
import java.io.InputStream;
import java.util.List;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.model.NodeName;

/**
 * The packages of the peers of this server, each peer's for the administrators of its organisation. Each call names the caller, a serialised
 * identity whose signature or sign-in has been verified.
 *
 * <p>This is what {@code _lifecycle} does with {@code InstallChaincode} and its queries, by the same rules, but for packages that come or go as
 * streams: nobody has to hold a whole one in memory.
 */
public interface PeerPackages {
    /** Most bytes of a package. */
    long maxBytes();

    /** What is installed, by label and hash. */
    List<PackageId> list(ByteString caller, NodeName peer) throws PackageException;

    /**
     * Installs a package: when this returns it is kept for good, otherwise nothing of it is.
     *
     * @param file the package's bytes; read to their end or to the limit, and left open
     */
    PackageId install(ByteString caller, NodeName peer, InputStream file) throws PackageException;

    /** The bytes of a package, as they were installed; for its reader to close. */
    InputStream open(ByteString caller, NodeName peer, PackageId id) throws PackageException;
}
