package org.jangbu.peer.lifecycle.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.packaging.IncomingPackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.packaging.PackageId;
import org.jangbu.chaincode.packaging.PackageMetadata;
import org.jangbu.chaincode.packaging.PackageSourceException;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.Quoted;
import org.jangbu.model.query.IndexDefinition;
import org.jangbu.model.query.QueryException;
import org.jangbu.peer.lifecycle.PackageException;
import org.jangbu.peer.log.EndorsementLog;

/**
 * The packages of one peer. They stay through restarts; whether one may run in this server is for its operator to say, elsewhere. Who may call
 * is for others to judge.
 */
public final class NodePackages {
    /** What a peer can run; it keeps no package that could only lie there. */
    private static final Set<String> TYPES = Set.of(PackageMetadata.JAVA, PackageMetadata.SERVICE);

    private final LocalNode node;
    private final InstalledPackages installed;
    private final long maxBytes;
    private final Runnable grown;

    /** @param maxBytes most bytes of a package */
    public NodePackages(LocalNode node, InstalledPackages installed, long maxBytes) {
        this(node, installed, maxBytes, () -> {});
    }

    /** @param grown runs after each package that is kept */
    public NodePackages(LocalNode node, InstalledPackages installed, long maxBytes, Runnable grown) {
        this.node = node;
        this.installed = installed;
        this.maxBytes = maxBytes;
        this.grown = grown;
    }

    /** Keeps a package, whole or not at all. */
    public PackageId install(InputStream file) throws PackageException {
        try (IncomingPackage incoming = installed.take(file, maxBytes)) {
            String type = incoming.metadata().type();
            if (TYPES.stream().noneMatch(type::equalsIgnoreCase)) {
                throw new PackageException(
                        PackageException.Kind.UNUSABLE,
                        "peers here run packages of the types " + String.join(", ", new TreeSet<>(TYPES)) + ", not "
                                + Quoted.brief(type));
            }
            PackageIndexes.read(incoming.stateFiles(IndexDefinition.MAX_BYTES));
            if (!incoming.keep()) {
                throw new PackageException(
                        PackageException.Kind.INSTALLED_ALREADY,
                        "chaincode already successfully installed (package ID '" + incoming.id() + "')");
            }
            EndorsementLog.LOG.installed(node.name().value(), incoming.id().toString());
            grown.run();
            return incoming.id();
        } catch (ChaincodePackageException | QueryException e) {
            throw new PackageException(PackageException.Kind.UNUSABLE, String.valueOf(e.getMessage()), e);
        } catch (PackageSourceException e) {
            throw new PackageException(
                    e.isTooLarge() ? PackageException.Kind.TOO_LARGE : PackageException.Kind.BROKEN_OFF,
                    String.valueOf(e.getMessage()),
                    e);
        } catch (IOException e) {
            throw failed("could not save chaincode install package", e);
        }
    }

    /** All of them, by label and hash. */
    public List<PackageId> list() throws PackageException {
        try {
            return installed.list();
        } catch (IOException e) {
            throw failed("could not list chaincode install packages", e);
        }
    }

    /** A package of that id. */
    public PackageId find(String packageId) throws PackageException {
        try {
            PackageId id = PackageId.parse(packageId);
            if (installed.has(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw notInstalled(packageId);
        }
        throw notInstalled(packageId);
    }

    /** A package's bytes, for the reader to close. */
    public InputStream open(PackageId id) throws PackageException {
        try {
            return installed.open(id).orElseThrow(() -> notInstalled(id.toString()));
        } catch (IOException e) {
            throw failed("could not load chaincode install package", e);
        }
    }

    private static PackageException notInstalled(String packageId) {
        return new PackageException(
                PackageException.Kind.NOT_INSTALLED,
                "chaincode install package '" + Quoted.brief(packageId) + "' not found");
    }

    /** What went wrong with a file is for this server's log, not for whoever asks. */
    private PackageException failed(String what, IOException cause) {
        EndorsementLog.LOG.packagesUnreadable(node.name().value(), cause);
        return new PackageException(PackageException.Kind.UNAVAILABLE, what + "; this peer's log says why", cause);
    }
}
