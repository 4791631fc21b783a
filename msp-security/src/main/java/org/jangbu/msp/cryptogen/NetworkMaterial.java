package org.jangbu.msp.cryptogen;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The crypto material of a whole trial network, in the layout of Fabric's test network:
 * {@code ordererOrganizations/<domain>/…} and {@code peerOrganizations/<domain>/…}, each with {@code ca}, {@code tlsca}, {@code msp},
 * {@code orderers} or {@code peers}, and {@code users}; NodeOUs on. Clients and tools made for Fabric find what they look for.
 */
public final class NetworkMaterial {
    private NetworkMaterial() {}

    /**
     * Makes everything, or nothing: it is written beside the target and moved there when complete.
     *
     * @param target the folder to become, usually {@code organizations}
     * @throws FileAlreadyExistsException if the target is there: keys are never overwritten
     * @throws IOException if it cannot be written
     */
    public static void generate(Path target, List<OrganizationSpec> organizations, Clock clock) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(target + " is a root");
        }
        Files.createDirectories(parent);
        Path draft = Files.createTempDirectory(parent, "." + target.getFileName() + "-");
        try {
            MaterialWriter writer = new MaterialWriter(draft);
            for (OrganizationSpec organization : organizations) {
                MaterialWriter own =
                        writer.in(organization.kind().organizationsFolder()).in(organization.domain());
                new OrganizationMaterial(organization, own, clock).write();
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException e) {
            throw new IOException("crypto material cannot be made: " + e.getMessage(), e);
        } finally {
            delete(draft);
        }
    }

    private static void delete(Path draft) throws IOException {
        if (!Files.exists(draft)) {
            return;
        }
        Files.walkFileTree(draft, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
