package org.jangbu.peer.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.ChaincodePackageException;
import org.jangbu.chaincode.testkit.ShimJars;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.peer.host.contract.Purse;

/** A {@code jangbu.home} with both peers of the recorded network, joined to its channel, and a contract that is allowed. */
final class TestHome {
    private final Path home;
    private final byte[] packageFile;
    private final String packageId;

    TestHome(Path home) throws IOException {
        this.home = home;
        for (int organization : new int[] {1, 2}) {
            node(organization);
        }
        ChaincodePackage contract = contract();
        this.packageFile = contract.bytes();
        this.packageId = contract.id().toString();
        allow(List.of(packageId));
        Path shim = Files.createDirectories(home.resolve("lib/shim"));
        for (Path jar : ShimJars.onClassPath()) {
            Files.copy(jar, shim.resolve(Objects.requireNonNull(jar.getFileName())));
        }
    }

    Path path() {
        return home;
    }

    /** Says which packages may run. */
    void allow(List<String> lines) throws IOException {
        Files.write(Files.createDirectories(home.resolve("packages")).resolve("allowed"), lines);
    }

    /** A contract's package, which no peer has yet. */
    byte[] packageFile() {
        return packageFile.clone();
    }

    String packageId() {
        return packageId;
    }

    private Path folder(int organization) {
        return home.resolve("nodes").resolve("peer0.org" + organization + ".example.com");
    }

    private void node(int organization) throws IOException {
        Path node = folder(organization);
        String name = "peer0.org" + organization + ".example.com";
        copy(
                FabricVectors.folder("peerOrganizations/org" + organization + ".example.com/peers/" + name + "/msp"),
                node.resolve("msp"));
        Files.writeString(
                node.resolve("node.properties"),
                "role=peer\nmspId=Org" + organization + "MSP\nendorsing=true\naddress=" + name + ":7051\n",
                StandardCharsets.UTF_8);
        Files.write(
                Files.createDirectories(node.resolve("genesis")).resolve("mychannel.block"),
                FabricVectors.block(0).toByteArray());
    }

    private ChaincodePackage contract() throws IOException {
        Path jar = home.resolve("purse.jar");
        String name = Purse.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream in =
                        Objects.requireNonNull(Purse.class.getClassLoader().getResourceAsStream(name))) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
        try {
            return ChaincodePackage.ofJar("purse_1.0", jar);
        } catch (ChaincodePackageException e) {
            throw new IOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
