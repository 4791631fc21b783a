package org.jangbu.tests.network;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.tests.server.TrialServer;

/** The typed calls of the lifecycle, and contracts to bring to a channel with them. */
public final class LifecycleCalls {
    private LifecycleCalls() {}

    /** Below {@code /api/v1}: the packages of an organisation's peer. */
    public static String packages(int organization) {
        return "peers/peer0.org" + (organization + 1) + ".example.com/packages";
    }

    /** A definition by the channel's usual policy. */
    public static JsonObjectBuilder definition(long sequence, String version) {
        return Json.createObjectBuilder().add("sequence", sequence).add("version", version);
    }

    public static JsonObject definition(long sequence, String version, String packageId) {
        return definition(sequence, version).add("packageId", packageId).build();
    }

    /** The key-value sample under a label of its own, so that it is another package. */
    public static ChaincodePackage contract(Path folder, String label)
            throws IOException, ChaincodePackageException, QuickStartException {
        Path file = Artifacts.ofThisBuild().contractPackage(TrialContract.KEY_VALUE.packageFile());
        Path code = Files.createDirectories(folder.resolve("code-" + label));
        ChaincodePackage.read(Files.readAllBytes(file)).unpackCode(code);
        try (Stream<Path> files = Files.walk(code)) {
            Path jar = files.filter(found -> found.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            return ChaincodePackage.ofJar(label, jar);
        }
    }

    /** Lets a package run in the tests' server, as its operator does. */
    public static void allow(String packageId) throws IOException {
        Files.writeString(
                TrialServer.installation().network().home().resolve("packages/allowed"),
                packageId + "\n",
                StandardOpenOption.APPEND);
    }
}
