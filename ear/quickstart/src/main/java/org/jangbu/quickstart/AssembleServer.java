package org.jangbu.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.machine.Zip;
import org.jangbu.quickstart.network.TrialContract;

/**
 * Puts together the folder from which docker/start.sh starts a server: WildFly, the scripts, the jars that become modules, the application, and under {@code
 * trial} what a trial network is made of. A container image is this folder with a virtual machine below it.
 */
public final class AssembleServer {
    private AssembleServer() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: AssembleServer FOLDER");
            System.exit(1);
        }
        try {
            assemble(Path.of(arguments[0]).toAbsolutePath(), Artifacts.ofThisBuild());
        } catch (QuickStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Makes the folder, which should be empty or not there. */
    public static void assemble(Path folder, Artifacts artifacts) throws IOException, QuickStartException {
        Zip.unpack(artifacts.wildflyDistribution(), Files.createDirectories(folder.resolve("wildfly")));
        Path lib = Files.createDirectories(folder.resolve("lib"));
        copy(artifacts.postgresDriver(), lib.resolve("postgresql.jar"));
        copy(artifacts.tlsProvider(), lib.resolve("jangbu-tls.jar"));
        if (artifacts.amazonCorretto().isPresent()) {
            copy(artifacts.amazonCorretto().get(), lib.resolve("amazon-corretto.jar"));
        }
        copyFiles(artifacts.projectFolder().resolve("ear/server"), folder.resolve("scripts"));
        copy(artifacts.application(), folder.resolve("jangbu.ear"));
        for (String script : List.of("start.sh", "healthy.sh", "make-network.sh")) {
            copy(artifacts.projectFolder().resolve("docker").resolve(script), folder.resolve(script));
        }
        Path trial = Files.createDirectories(folder.resolve("trial"));
        for (TrialContract contract : TrialContract.USUAL) {
            Path place = trial.resolve(contract.packageFile());
            Files.createDirectories(place.getParent());
            copy(artifacts.contractPackage(contract.packageFile()), place);
        }
        Folders.copy(artifacts.shimLibraries(), trial.resolve("shim"));
        Path target = artifacts.projectFolder().resolve("ear/quickstart/target");
        copy(target.resolve("jangbu-quickstart.jar"), trial.resolve("jangbu-quickstart.jar"));
        Folders.copy(target.resolve("lib"), trial.resolve("lib"));
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
