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
        return Path.of(places.getProperty("project.folder")).normalize();
    }

    public Path wildflyDistribution() throws QuickStartException {
        return existing("wildfly.zip", "the WildFly distribution");
    }

    public Path postgresDriver() throws QuickStartException {
        return existing("postgresql.jar", "the PostgreSQL driver");
    }

    /** Absent on platforms for which there is none. */
    public Optional<Path> amazonCorretto() {
        return find("amazon-corretto.jar");
    }

    /** The deployable. */
    public Path application() throws QuickStartException {
        return built("ear/application/target/jangbu.ear", "the application");
    }

    /** A chaincode package, by its place in the project's folder. */
    public Path contractPackage(String place) throws QuickStartException {
        return built(place, "a contract's package");
    }

    /** A folder of jars: the shim and what it needs. */
    public Path shimLibraries() throws QuickStartException {
        return built("ear/shim/target/shim", "the folder of the shim's libraries");
    }

    private Path built(String place, String what) throws QuickStartException {
        Path path = projectFolder().resolve(place);
        if (!Files.exists(path)) {
            throw new QuickStartException(
                    "Missing " + what + " (" + path + "). Build it first: mvn -DskipTests package");
        }
        return path;
    }

    private Path existing(String key, String what) throws QuickStartException {
        return find(key)
                .orElseThrow(() -> new QuickStartException("Missing " + what + " (" + places.getProperty(key)
                        + "). Build again: mvn -DskipTests package"));
    }

    private Optional<Path> find(String key) {
        String value = places.getProperty(key);
        return value.startsWith("${")
                ? Optional.empty()
                : Optional.of(Path.of(value)).filter(Files::isRegularFile);
    }
}
