package org.jangbu.quickstart.wildfly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.LogTail;
import org.jangbu.quickstart.machine.Programs;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.machine.Zip;

/**
 * WildFly in a folder: unpacked once from its distribution, configured by the project's own scripts, and configured anew from the untouched configuration when
 * a script or a module has changed.
 */
public final class WildFlyInstallation {
    private static final String CONFIGURATION = "standalone-full.xml";
    private static final List<String> SCRIPTS =
            List.of("configure.cli", "certificate-authorities.cli", "amazon-corretto.cli");

    private final Path folder;
    private final Artifacts artifacts;

    /** An installation that need not be there yet. */
    public WildFlyInstallation(Path folder, Artifacts artifacts) {
        this.folder = folder.toAbsolutePath();
        this.artifacts = artifacts;
    }

    public Path folder() {
        return folder;
    }

    /** Makes sure that WildFly is there and configured for this environment. */
    public void prepare(ServerEnvironment environment) throws IOException, QuickStartException, InterruptedException {
        unpack();
        BrokerAccounts.write(configuration(), environment);
        List<Script> scripts = scripts();
        String fingerprint = fingerprint(scripts, environment);
        Path mark = folder.resolve(".configured");
        if (Files.exists(mark) && Files.readString(mark, StandardCharsets.UTF_8).equals(fingerprint)) {
            return;
        }
        Files.deleteIfExists(mark);
        Files.copy(original(), configuration().resolve(CONFIGURATION), StandardCopyOption.REPLACE_EXISTING);
        for (Script script : scripts) {
            run(script, environment);
        }
        Files.writeString(mark, fingerprint, StandardCharsets.UTF_8);
    }

    /** Puts an application where WildFly deploys it at its next start, in place of an earlier version. */
    public void deploy(Path application) throws IOException {
        Path deployments = folder.resolve("standalone/deployments");
        Path target = deployments.resolve(application.getFileName());
        for (String marker : List.of(".deployed", ".failed", ".undeployed", ".isdeploying", ".pending")) {
            Files.deleteIfExists(deployments.resolve(application.getFileName() + marker));
        }
        if (!Files.exists(target) || Files.mismatch(application, target) != -1) {
            Files.copy(application, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs a script of the project by its file name; {@link #prepare} has run the usual ones. */
    public void runScript(String name, ServerEnvironment environment)
            throws IOException, QuickStartException, InterruptedException {
        run(new Script(name, resource(name)), environment);
    }

    /** Runs a script of somebody else's, for example to open one more port for a test. */
    public void runScript(String name, String text, ServerEnvironment environment)
            throws IOException, QuickStartException, InterruptedException {
        run(new Script(name, text), environment);
    }

    /** The configuration that the scripts change. */
    public Path configurationFile() {
        return configuration().resolve(CONFIGURATION);
    }

    /** The same as it came in the distribution. */
    public Path originalConfigurationFile() {
        return original();
    }

    Path configuration() {
        return folder.resolve("standalone/configuration");
    }

    private Path original() {
        return configuration().resolve(CONFIGURATION + ".original");
    }

    private void unpack() throws IOException, QuickStartException {
        if (Files.exists(original())) {
            return;
        }
        Zip.unpack(artifacts.wildflyDistribution(), Files.createDirectories(folder));
        // Written last: an installation without it is incomplete, and unpacked again over what is there.
        Files.copy(configuration().resolve(CONFIGURATION), original());
    }

    private List<Script> scripts() throws IOException {
        List<Script> scripts = new ArrayList<>();
        for (String name : SCRIPTS) {
            if (!name.startsWith("amazon") || artifacts.amazonCorretto().isPresent()) {
                scripts.add(new Script(name, resource(name)));
            }
        }
        return scripts;
    }

    private String fingerprint(List<Script> scripts, ServerEnvironment environment) throws QuickStartException {
        StringBuilder all = new StringBuilder();
        scripts.forEach(script -> all.append(script.text()));
        all.append(artifacts.postgresDriver()).append('\n');
        all.append(artifacts.tlsProvider()).append('\n');
        all.append(artifacts.amazonCorretto().map(Path::toString).orElse("-")).append('\n');
        all.append(environment.require("JANGBU_SERVER_NAME")).append('\n');
        return all.toString();
    }

    private void run(Script script, ServerEnvironment environment)
            throws IOException, QuickStartException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve("jangbu"));
        Path file = Files.writeString(work.resolve(script.name()), script.text(), StandardCharsets.UTF_8);
        Files.copy(artifacts.postgresDriver(), work.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(artifacts.tlsProvider(), work.resolve("jangbu-tls.jar"), StandardCopyOption.REPLACE_EXISTING);
        if (artifacts.amazonCorretto().isPresent()) {
            Files.copy(
                    artifacts.amazonCorretto().get(),
                    work.resolve("amazon-corretto.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("JANGBU_SERVER_LIB", work.toString());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        Path log = work.resolve(script.name() + ".log");
        int status =
                Programs.run(List.of(folder.resolve("bin/jboss-cli.sh").toString(), "--file=" + file), variables, log);
        if (status != 0) {
            throw new QuickStartException("WildFly could not be configured by " + script.name() + ". The end of " + log
                    + ":\n    " + LogTail.of(log));
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Artifacts.class.getResourceAsStream("/org/jangbu/quickstart/server/" + name)) {
            if (in == null) {
                throw new IOException("the script " + name + " is not in the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record Script(String name, String text) {}
}
