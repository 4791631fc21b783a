package org.jangbu.quickstart.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the build put what the quick start needs: the server's distribution and the jars that become its modules lie in the local Maven repository, the EAR and
 * the contract packages in the project's own {@code target} folders.
 */
public final class Artifacts {
    private final Properties places;

    private Artifacts(Properties places) {
        this.places = places;
    }

    /** The places of the build that made this class. */
    public static Artifacts ofThisBuild() {
        Properties places = new Properties();
        try (InputStream in = Artifacts.class.getResourceAsStream("artifacts.properties")) {
            if (in == null) {
                throw new IllegalStateException("artifacts.properties is missing: build with Maven");
            }
            places.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Artifacts(places);
    }

    /** The root of the project, above all modules. */
    public Path projectFolder() {
        return place("project.folder").normalize();
    }

    public Path wildflyDistribution() throws QuickStartException {
        return existing("wildfly.zip", "the WildFly distribution");
    }

    public Path postgresDriver() throws QuickStartException {
        return existing("postgresql.jar", "the PostgreSQL driver");
    }

    /** What the server takes client certificates with. */
    public Path tlsProvider() throws QuickStartException {
        return existing("jangbu-tls.jar", "the server's TLS module");
    }

    /** Absent on platforms for which there is none. */
    public Optional<Path> amazonCorretto() {
        return Optional.of(place("amazon-corretto.jar")).filter(Files::isRegularFile);
    }

    /** The deployable. */
    public Path application() throws QuickStartException {
        return existing("application", "the application");
    }

    /** The chaincode package of a sample, by its place in the project's folder. */
    public Path contractPackage(String place) throws QuickStartException {
        return existing(projectFolder().resolve(place), "a contract's package");
    }

    /** A folder of jars: the shim and what it needs. */
    public Path shimLibraries() throws QuickStartException {
        return existing("shim.folder", "the folder of the shim's libraries");
    }

    private Path existing(String key, String what) throws QuickStartException {
        return existing(place(key).normalize(), what);
    }

    private static Path existing(Path path, String what) throws QuickStartException {
        if (!Files.exists(path)) {
            throw new QuickStartException("Missing " + what + " (" + path + "). Build first: mvn -DskipTests package");
        }
        return path;
    }

    private Path place(String key) {
        return Path.of(System.getProperty("jangbu.artifact." + key, places.getProperty(key)));
    }
}
